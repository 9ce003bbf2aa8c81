package loader_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/internal/manifest/loader"
)

// largeManifest has at least size bytes, and is shaped like the manifests that
// are published: entities with a list, a get and a create operation each,
// parameters, answers, and component schemas that refer to each other.
func largeManifest(size int) []byte {
	var paths, schemas strings.Builder
	for i := 0; paths.Len()+schemas.Len() < size; i++ {
		name := fmt.Sprintf("records_%d", i)
		fmt.Fprintf(&paths, operationsOf, name, i)
		fmt.Fprintf(&schemas, schemasOf, name, i, max(i-1, 0))
	}
	return []byte(head + "\nservers:\n  - url: https://api.large.test/v1\npaths:\n" + paths.String() + "components:\n  schemas:\n" + schemas.String())
}

const (
	operationsOf = `  /v1/%[1]s:
    get:
      operationId: list_%[1]s
      summary: List of %[1]s
      description: Returns a page of %[1]s, newest first. Follow the cursor for the next one.
      x-airbyte-entity: %[1]s
      x-airbyte-action: list
      x-airbyte-record-extractor: $.data
      x-airbyte-meta-extractor:
        next_cursor: $.pagination.next_cursor
        has_more: $.pagination.has_more
      parameters:
        - name: limit
          in: query
          required: false
          description: How many records a page has at most
          schema:
            type: integer
            minimum: 1
            maximum: 100
            default: 25
        - name: cursor
          in: query
          description: Where the page begins, from the answer before
          schema:
            type: string
      responses:
        "200":
          description: A page of %[1]s
          content:
            application/json:
              schema:
                type: object
                properties:
                  data:
                    type: array
                    items:
                      $ref: "#/components/schemas/Record%[2]d"
        "401":
          description: Not signed in
    post:
      operationId: create_%[1]s
      summary: Create one of %[1]s
      x-airbyte-entity: %[1]s
      x-airbyte-action: create
      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: "#/components/schemas/Create%[2]d"
      responses:
        "201":
          description: The new record
          content:
            application/json:
              schema:
                $ref: "#/components/schemas/Record%[2]d"
  /v1/%[1]s/{id}:
    get:
      operationId: get_%[1]s
      summary: Read one of %[1]s
      x-airbyte-entity: %[1]s
      x-airbyte-action: get
      parameters:
        - name: id
          in: path
          required: true
          description: Id of the record
          schema:
            type: string
      responses:
        "200":
          description: The record
          content:
            application/json:
              schema:
                $ref: "#/components/schemas/Record%[2]d"
`
	schemasOf = `    Record%[2]d:
      type: object
      description: One of %[1]s
      x-airbyte-entity-name: %[1]s
      x-airbyte-ai-hints:
        summary: All about %[1]s
        when_to_use: Questions on %[1]s
        trigger_phrases:
          - find %[1]s
        freshness: live
      required:
        - id
      properties:
        id:
          type: string
          description: Id of the record
        name:
          type: ["null", string]
          description: What people call it
        created_at:
          type: string
          format: date-time
        parent:
          $ref: "#/components/schemas/Part%[3]d"
        parts:
          type: array
          items:
            $ref: "#/components/schemas/Part%[2]d"
    Part%[2]d:
      type: object
      properties:
        id:
          type: string
        amount:
          type: integer
        currency:
          type: string
          enum: [EUR, USD]
        labels:
          type: object
          additionalProperties:
            type: string
    Create%[2]d:
      type: object
      required:
        - name
      properties:
        name:
          type: string
          description: What people call it
        parts:
          type: array
          description: Its parts
          items:
            $ref: "#/components/schemas/Part%[2]d"
        parent:
          $ref: "#/components/schemas/Part%[3]d"
`
)

func TestLargeManifest(t *testing.T) {
	t.Parallel()
	doc, err := loader.Parse(largeManifest(300_000))
	if err != nil {
		t.Fatal(err)
	}
	if len(doc.Entities) < 50 || doc.Warnings != nil {
		t.Fatalf("%d entities, warnings %q", len(doc.Entities), doc.Warnings)
	}
	for _, e := range doc.Entities {
		if len(e.Operations) != 3 || e.Schema == nil {
			t.Errorf("%s has %d operations and schema %.40s", e.Name, len(e.Operations), e.Schema)
		}
	}
}

// The bound is 60 ms and 40 MB for 300 KB. Reading the YAML tree takes most
// of both.
func BenchmarkParse(b *testing.B) {
	data := largeManifest(300_000)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := loader.Parse(data); err != nil {
			b.Fatal(err)
		}
	}
}

// TestParseAllocatesLittle holds the bound on memory, which does not depend on
// the machine. It runs alone: what is counted is the process's.
func TestParseAllocatesLittle(t *testing.T) { //nolint:paralleltest // see above
	data := largeManifest(300_000)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := loader.Parse(data); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 40<<20 {
		t.Errorf("%d bytes allocated for a manifest of %d", used, len(data))
	}
}
