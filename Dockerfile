# The MCP server over HTTP, see docs/deploy.md:
#
#   docker build --build-arg VERSION=v0.1.0 -t airbyte-agent .
#   docker run --env-file airbyte.env -p 8080:8080 airbyte-agent
#
# It serves what reads; docs/deploy.md says how to allow what changes data.

FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=dev
ARG TARGETOS
ARG TARGETARCH
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \
	go build -trimpath -ldflags "-s -w -X main.version=$VERSION" -o /out/airbyte-agent ./cmd/airbyte-agent

# No shell and no package manager; it has the certificates of public authorities.
FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/airbyte-agent /usr/local/bin/airbyte-agent
USER 65532:65532
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=6s --start-period=10s CMD ["airbyte-agent", "mcp", "health", "--http", "127.0.0.1:8080"]
ENTRYPOINT ["airbyte-agent"]
CMD ["mcp", "serve", "--connector", "pylon", "--read-only", "--http", ":8080", "--log", "json"]
