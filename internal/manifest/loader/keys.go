package loader

import (
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/suggest"
)

// The keys that each object of the format has. Keys that steer other programs
// than ours are here too, so that nobody is warned of them.
var (
	rootKeys = []string{"openapi", "info", "paths", "servers", "components", "security", "tags", "externalDocs"}
	infoKeys = []string{
		"title", "version", "description", "termsOfService", "contact", "license",
		"x-airbyte-connector-definition-id", "x-airbyte-external-documentation-urls", "x-airbyte-connector-name",
		"x-airbyte-example-questions", "x-airbyte-context-store", "x-airbyte-skip-context-store",
		"x-airbyte-entity-relationships", "x-airbyte-scoping", "x-airbyte-retry-config",
		"x-airbyte-response-error-check", "x-airbyte-replication-config", "x-airbyte-replication-version",
		"x-airbyte-replication-compatibility", "x-airbyte-skip-suggested-streams", "x-airbyte-skip-auth-methods",
		"x-airbyte-auth-tooltip", "x-airbyte-config-normalization",
	}
	contactKeys  = []string{"name", "url", "email"}
	licenseKeys  = []string{"name", "url"}
	serverKeys   = []string{"url", "description", "variables", envMapping, "x-airbyte-replication-environment-constants"}
	variableKeys = []string{"default", "enum", "description"}

	pathKeys = slices.Concat([]string{"summary", "description", "servers", "parameters"}, methods, idleMethods)
	opKeys   = []string{
		"tags", "summary", "description", "externalDocs", "operationId", "parameters", "requestBody", "responses",
		"callbacks", "deprecated", "security", "servers",
		"x-airbyte-entity", "x-airbyte-action", "x-airbyte-path-override", "x-airbyte-record-extractor",
		"x-airbyte-meta-extractor", "x-airbyte-record-filter", "x-airbyte-record-transform", "x-airbyte-file-url",
		"x-airbyte-untested", "x-airbyte-no-pagination", "x-airbyte-preferred-for-check",
		"x-airbyte-upload-file-param", "x-airbyte-ai-hints", "x-hosted", "x-direct", "x-effect", "x-rate-limit-per-minute",
	}
	parameterKeys = []string{
		"name", "in", "description", "required", "deprecated", "allowEmptyValue", "schema", "style", "explode",
		"example", "examples", "x-airbyte-param-config-inject", "x-hosted", "x-direct", "x-probe", "x-parent",
	}
	requestBodyKeys = []string{"description", "content", "required", "x-airbyte-body-type"}
	mediaKeys       = []string{"schema", "example", "examples", "encoding"}
	responseKeys    = []string{"description", "headers", "content", "links"}
	headerKeys      = []string{"description", "required", "deprecated", "schema", "example"}
	componentKeys   = []string{
		"schemas", "responses", "parameters", "examples", "requestBodies", "headers", "securitySchemes", "links", "callbacks",
	}
	schemaKeys = []string{
		"type", "format", "title", "description", "default", "example", "properties", "required",
		"additionalProperties", "items", "enum", "minLength", "maxLength", "minimum", "maximum", "pattern", "allOf",
		"anyOf", "oneOf", "not", "nullable", "readOnly", "writeOnly", "deprecated", "$ref", "$comment", "$defs", "const",
		"examples", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems",
		"minProperties", "maxProperties", "patternProperties", "prefixItems", "contains", "propertyNames", "if", "then",
		"else", "contentMediaType", "contentEncoding", "dependentSchemas", "dependentRequired", "unevaluatedProperties",
		"unevaluatedItems", "discriminator", "externalDocs", "xml",
		"x-airbyte-entity-name", "x-airbyte-stream-name", "x-airbyte-ai-hints",
	}

	schemeKeys = []string{
		"type", "description", "name", "in", "scheme", "bearerFormat", "flows", "openIdConnectUrl", authConfig,
		tokenExtract, tokenRefresh, "x-airbyte-untested", "x-airbyte-oauth-scopes", "x-airbyte-oauth-credentials",
	}
	authConfigKeys = []string{
		"title", "description", "type", "required", "properties", "auth_mapping", "additional_headers",
		"replication_auth_key_mapping", "replication_auth_key_constants",
	}
	credentialKeys = []string{"type", "title", "description", "format", "pattern", "default"}
	graphQLKeys    = []string{"type", "query", "variables", "operationName", "default_fields", "x-airbyte-nullable-variables"}
	hintKeys       = []string{
		"summary", "when_to_use", "trigger_phrases", "freshness", "example_questions", "search_strategy", "x-direct",
	}
	retryKeys = []string{
		"max_attempts", "initial_delay_seconds", "max_delay_seconds", "exponential_base", "jitter",
		"retry_on_status_codes", "retry_on_timeout", "retry_on_network_error", "retry_after_header", "retry_after_format",
	}
	errorCheckKeys   = []string{"field", "on_value", "message_field"}
	scopeKeys        = []string{"param", "config_key"}
	replicationKeys  = []string{"title", "description", "properties", "required", "replication_config_key_mapping", "replication_config_constants"}
	relationshipKeys = []string{
		"source_entity", "target_entity", "foreign_key", "target_key", "cardinality", "description", "parent_record_filter",
	}
	questionKeys    = []string{"direct", "context_store_search", "search", "unsupported"}
	storeKeys       = []string{"entities", "disable_compaction"}
	storeEntityKeys = []string{"entity", "suggested", "fields", "x-airbyte-name", "x-airbyte-skip-searchable-fields"}
	storeFieldKeys  = []string{"name", "type", "description", "examples", "properties", "x-airbyte-name"}
)

// onlyKeys reports the keys that are not known. Those that begin with x- are
// extensions of somebody else and get a warning; others are mistakes.
func (v value) onlyKeys(known []string) {
	v.unknownKeys(known, func(key string) bool { return strings.HasPrefix(key, "x-") })
}

// looseKeys warns of the keys that are not known, whatever they are called.
func (v value) looseKeys(known []string) {
	v.unknownKeys(known, func(string) bool { return true })
}

func (v value) unknownKeys(known []string, tolerated func(string) bool) {
	if !v.is(mappingNode, "a mapping") {
		return
	}
	for i := 0; i < len(v.node.Content); i += 2 {
		key := v.node.Content[i]
		switch {
		case slices.Contains(known, key.Value):
		case tolerated(key.Value):
			v.file.warnings.add(key, "key %q is not known and has no effect%s", key.Value, v.file.warnings.didYouMean(key.Value, known))
		default:
			v.file.problems.add(key, "unknown key %q%s; known are %s", key.Value, v.file.problems.didYouMean(key.Value, known), plainKeys(known))
		}
	}
}

// didYouMean names the key that was likely meant. Comparing takes its time, so
// it is left out when the remark is not told anyway.
func (p *problems) didYouMean(key string, known []string) string {
	if p.full() {
		return ""
	}
	if near := suggest.Nearest(key, known); near != "" {
		return "; did you mean " + near + "?"
	}
	return ""
}

// plainKeys lists the keys of OpenAPI's own: with the extensions the list is
// too long to read.
func plainKeys(known []string) string {
	plain := slices.DeleteFunc(slices.Clone(known), func(key string) bool { return strings.HasPrefix(key, "x-") })
	return strings.Join(plain, ", ")
}
