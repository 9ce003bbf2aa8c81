package manifest

// Operation is the one that an entity and an action name, nil when the service
// has none.
func (d *Document) Operation(entity, action string) *Operation {
	for i := range d.Entities {
		if d.Entities[i].Name != entity {
			continue
		}
		for j := range d.Entities[i].Operations {
			if op := &d.Entities[i].Operations[j]; op.Action == action {
				return op
			}
		}
	}
	return nil
}
