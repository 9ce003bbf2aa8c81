package loader

import (
	"regexp"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

var uuid = regexp.MustCompile(`^(?i)[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$`)

func (f *file) readInfo(info value) {
	info.onlyKeys(infoKeys)
	info.get("contact").onlyKeys(contactKeys)
	if license := info.get("license"); license.present() {
		license.onlyKeys(licenseKeys)
		license.need("name")
	}
	f.doc.Title = info.need("title").text()
	f.doc.Version = info.need("version").text()
	f.doc.Description = info.get("description").text()
	f.doc.Name = info.get("x-airbyte-connector-name").text()
	if f.doc.Name == "" {
		f.doc.Name = strings.ReplaceAll(strings.ToLower(f.doc.Title), " ", "-")
	}
	id := info.need("x-airbyte-connector-definition-id")
	if f.doc.DefinitionID = id.text(); f.doc.DefinitionID != "" && !uuid.MatchString(f.doc.DefinitionID) {
		id.problem("%q is not a UUID", f.doc.DefinitionID)
	}
	for link := range info.need("x-airbyte-external-documentation-urls").items() {
		link.need("url").text()
		link.need("type").text()
	}
	f.readQuestions(info.get("x-airbyte-example-questions"))
	f.readScoping(info.get("x-airbyte-scoping"))
	f.readNormalization(info.get("x-airbyte-config-normalization"))
	f.readReplication(info.get("x-airbyte-replication-config"))
	f.readRetry(info.get("x-airbyte-retry-config"))
	f.readErrorCheck(info.get("x-airbyte-response-error-check"))
}

func (f *file) readQuestions(questions value) {
	questions.looseKeys(questionKeys)
	search := questions.get("context_store_search").texts()
	if len(search) == 0 {
		search = questions.get("search").texts() // the older name
	}
	f.doc.ExampleQuestions = manifest.Questions{
		Direct:      questions.get("direct").texts(),
		Search:      search,
		Unsupported: questions.get("unsupported").texts(),
	}
}
