package examples_test

import (
	"context"
	"encoding/json"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"time"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/responses"
	"github.com/tmc/langchaingo/llms"
	lctools "github.com/tmc/langchaingo/tools"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/connector/pylon"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
	"github.com/agentsdk-go/airbyte/tools/langchaingo"
	openaitools "github.com/agentsdk-go/airbyte/tools/openai"
)

// Programs elsewhere are compiled against these names and types. A change that
// breaks one of these lines breaks them: even one more variadic parameter does.
var (
	_ func(context.Context, string, string, ...connector.Option) (*connector.Connector, error) = connector.Connect
	_ func(string) (*connector.Manifest, bool)                                                 = connector.LookupManifest
	_ func(string, string) connector.Option                                                    = connector.WithCredentials
	_ func(string) connector.Option                                                            = connector.WithOrganization
	_ func(string) connector.Option                                                            = connector.WithConnectorID
	_ func(string) connector.Option                                                            = connector.WithBaseURL
	_ func(*http.Client) connector.Option                                                      = connector.WithHTTPClient
	_ func(*slog.Logger) connector.Option                                                      = connector.WithLogger
	_ func(int) connector.Option                                                               = connector.WithRetries

	_ func(*connector.Manifest, connector.Credentials, ...connector.Option) (*connector.Connector, error) = connector.Open
	_ func(io.Reader) (*connector.Manifest, error)                                                        = connector.LoadManifest
	_ func(map[string]string) connector.Option                                                            = connector.WithConfig
	_ func(pylon.Auth, ...connector.Option) (*pylon.Connector, error)                                     = pylon.Open
	_ func(context.Context, string, ...connector.Option) (*pylon.Connector, error)                        = pylon.Connect
	_                                                                                                     = pylon.Auth{APIToken: ""}
	_ func(*sandbox.Sandbox) string                                                                       = (*sandbox.Sandbox).PylonURL

	_ map[string]any    = connector.Params(nil)
	_ map[string]string = connector.Credentials(nil)

	_ func(*connector.Connector, context.Context, string, string, connector.Params) (*connector.Result, error)        = (*connector.Connector).Execute
	_ func(*connector.Connector, context.Context, string, string, connector.Params) iter.Seq2[json.RawMessage, error] = (*connector.Connector).Records
	_ func(*connector.Connector, context.Context, string, connector.Params) (io.ReadCloser, error)                    = (*connector.Connector).Download
	_ func(*connector.Connector, context.Context) (connector.Health, error)                                           = (*connector.Connector).Check
	_ func(*connector.Connector) []connector.Entity                                                                   = (*connector.Connector).Entities
	_ func(*connector.Connector, string) (json.RawMessage, bool)                                                      = (*connector.Connector).EntitySchema
	_ func(*connector.Connector) string                                                                               = (*connector.Connector).Name
	_ func(*connector.Connector) string                                                                               = (*connector.Connector).ID
	_ func(*connector.Connector) error                                                                                = (*connector.Connector).Close
	_                                                                                                                 = connector.Result{Data: json.RawMessage{}, Meta: connector.Meta{HasMore: true, Cursor: "", Raw: json.RawMessage{}}}
	_                                                                                                                 = connector.Error{Kind: connector.Kind(""), Op: "", Entity: "", Action: "", Status: 0, RetryAfter: time.Duration(0), Message: ""}
	_ error                                                                                                           = (*connector.Error)(nil)
	_                                                                                                                 = []error{connector.ErrConfig, connector.ErrAuth, connector.ErrPermission, connector.ErrNotFound, connector.ErrAmbiguous}
	_                                                                                                                 = []error{connector.ErrValidation, connector.ErrRateLimited, connector.ErrUnavailable, connector.ErrUnsupported, connector.ErrUnknownOutcome}
	_ func(*connector.Connector, ...tools.Option) (*tools.Set, error)                                                 = tools.New
	_ func(string, string, func(context.Context, struct{}) (string, error), ...tools.Option) (*tools.Tool, error)     = tools.Func[struct{}, string]
	_ func(...*tools.Tool) (*tools.Set, error)                                                                        = tools.NewSet
	_ func(...*tools.Set) (*tools.Set, error)                                                                         = tools.Join
	_ func(*tools.Set) []*tools.Tool                                                                                  = (*tools.Set).Tools
	_ func(*tools.Set, context.Context, string, json.RawMessage) (tools.Output, error)                                = (*tools.Set).Call
	_ func(*tools.Set) string                                                                                         = (*tools.Set).Instructions
	_ func(*tools.Set) string                                                                                         = (*tools.Set).Hash
	_ func(*tools.Tool) string                                                                                        = (*tools.Tool).Name
	_ func(*tools.Tool) string                                                                                        = (*tools.Tool).Description
	_ func(*tools.Tool) json.RawMessage                                                                               = (*tools.Tool).Schema
	_ func(*tools.Tool, context.Context, json.RawMessage) (tools.Output, error)                                       = (*tools.Tool).Call
	_                                                                                                                 = tools.Output{Text: "", IsError: false}
	_ []func(string) tools.Option                                                                                     = []func(string) tools.Option{tools.WithName, tools.WithDescription}
	_ []func() tools.Option                                                                                           = []func() tools.Option{tools.WithoutGeneratedDescription, tools.WithReadOnly, tools.WithPerAction}
	_ []func(int) tools.Option                                                                                        = []func(int) tools.Option{tools.WithDescriptionBudget, tools.WithMaxOutput, tools.WithRetries}
	_ []func(...string) tools.Option                                                                                  = []func(...string) tools.Option{tools.WithAllow, tools.WithDeny}
	_ func(*tools.Set) []openai.ChatCompletionToolUnionParam                                                          = openaitools.ChatTools
	_ func(*tools.Set) []responses.ToolUnionParam                                                                     = openaitools.ResponseTools
	_ func(*tools.Set) []lctools.Tool                                                                                 = langchaingo.Tools
	_ func(*tools.Set) []llms.Tool                                                                                    = langchaingo.LLMTools
	_ func(context.Context, *tools.Set, llms.ToolCall) (llms.ToolCallResponse, error)                                 = langchaingo.Call
	_ func(...sandbox.Option) (*sandbox.Sandbox, error)                                                               = sandbox.Start
	_ func(*sandbox.Sandbox) string                                                                                   = (*sandbox.Sandbox).PlatformURL
	_ func(*sandbox.Sandbox) string                                                                                   = (*sandbox.Sandbox).ModelURL

	_ func(context.Context, *tools.Set, openai.ChatCompletionMessageToolCallUnion) (openai.ChatCompletionMessageParamUnion, error) = openaitools.ChatCall
	_ func(context.Context, *tools.Set, responses.ResponseFunctionToolCall) (responses.ResponseInputItemUnionParam, error)         = openaitools.ResponseCall
)
