package sandbox

import "github.com/agentsdk-go/airbyte/sandbox/internal/pylon"

// newPylon builds a Pylon account the way the options want it.
func (s *Sandbox) newPylon() *pylon.Organization {
	org := pylon.NewOrganization(s.config.now)
	if s.config.bareResults {
		org.SetResultShape(pylon.ResultArray)
	}
	switch s.config.paging {
	case PagingEndCursor:
		org.SetMetadataStyle(pylon.MetadataEndCursor)
	case PagingCamelCase:
		org.SetMetadataStyle(pylon.MetadataCamelCase)
	case PagingNextCursor: // as it is
	}
	if s.config.issueWindow > 0 {
		org.SetWindow(s.config.issueWindow)
	}
	org.SetAlwaysPaginates(s.config.pylonLastPagination)
	org.SetKeepsEmptyData(s.config.pylonEmptyData)
	for entity, rows := range s.config.pageSizes {
		org.SetPageSize(entity, rows)
	}
	return org
}

// warmUp builds the Pylon account of the first organization while the program
// is still connecting, so that its first call need not wait for it.
func (s *Sandbox) warmUp() {
	s.running.Go(func() { s.organizations[0].pylon() })
}
