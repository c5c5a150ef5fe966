// Renders the document of this very server; keys typed in stay in the page.
SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#reference",
  docExpansion: "none",
  filter: true,
  defaultModelsExpandDepth: -1,
  deepLinking: true,
  requestInterceptor: (request) => {
    const key = request.headers.Authorization;
    if (key && !key.includes(" ")) {
      request.headers.Authorization = "Klaviyo-API-Key " + key;
    }
    request.headers.revision = request.headers.revision || "2026-04-15";
    return request;
  },
});
