package manifest

import "slices"

// AsDirect returns the operation as it is in open source mode: itself, or a
// copy with what differs from the hosted platform put in.
func (op *Operation) AsDirect() *Operation {
	if op.Direct == nil && !slices.ContainsFunc(op.Parameters, func(p Parameter) bool { return p.Direct != nil }) {
		return op
	}
	own := *op
	if op.Direct != nil && op.Direct.Description != "" {
		own.Description = op.Direct.Description
	}
	own.Parameters = slices.Clone(op.Parameters)
	for i := range own.Parameters {
		own.Parameters[i].override()
	}
	return &own
}

func (p *Parameter) override() {
	if p.Direct == nil {
		return
	}
	if p.Direct.Description != "" {
		p.Description = p.Direct.Description
	}
	if p.Direct.Enum != nil {
		p.Enum = p.Direct.Enum
	}
	if p.Direct.NoDefault {
		p.Default = nil
	}
}
