package rest_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
	"github.com/agentsdk-go/airbyte/sandbox/internal/rest"
)

func ExampleNewHandler() {
	api := rest.NewHandler(pylon.NewOrganization(nil), rest.Options{Token: "fake"})

	r := httptest.NewRequestWithContext(context.Background(), http.MethodGet, "/tags?limit=1", http.NoBody)
	w := httptest.NewRecorder()
	api.ServeHTTP(w, r)
	fmt.Println(w.Code, w.Header().Get("Content-Type"))

	r.Header.Set("Authorization", "Bearer fake")
	w = httptest.NewRecorder()
	api.ServeHTTP(w, r)
	fmt.Println(w.Code, w.Header().Get("X-Rate-Limit-Remaining"))
	// Output:
	// 401 application/json
	// 200 299
}
