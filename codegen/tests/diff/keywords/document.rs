//! A document in which each keyword can differ.

use serde_json::{Value, json};

/// A document that has all objects.
#[allow(clippy::too_many_lines, reason = "one document")]
pub(super) fn document() -> Value {
    let text = || json!({"type": "string"});
    let docs = || json!({"description": "text", "url": "https://example.com"});
    let examples = || json!({"one": {"summary": "text", "description": "text", "value": 1, "externalValue": "https://example.com"}});
    let to = |name: &str| json!({"$ref": format!("#/components/{name}")});
    let flow = || {
        json!({
            "authorizationUrl": "https://example.com/a", "tokenUrl": "https://example.com/t", "refreshUrl": "https://example.com/r", "scopes": {},
        })
    };
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": "Pets", "description": "text", "termsOfService": "https://example.com", "version": "1",
            "contact": {"name": "text", "url": "https://example.com", "email": "a@example.com"},
            "license": {"name": "MIT", "url": "https://example.com"},
        },
        "servers": [{"url": "https://{host}/v1", "description": "text", "variables": {
            "host": {"enum": ["a", "b"], "default": "a", "description": "text"},
        }}],
        "tags": [{"name": "pets", "description": "text", "externalDocs": docs()}],
        "externalDocs": docs(),
        "security": [{"key": []}],
        "paths": {
            "/pets/{id}": {
                "summary": "text", "description": "text",
                "parameters": [{"in": "path", "name": "id", "required": true, "schema": text()}],
                "post": {
                    "tags": ["pets"], "summary": "text", "description": "text", "externalDocs": docs(),
                    "operationId": "change", "deprecated": false,
                    "parameters": [
                        {
                            "in": "query", "name": "list", "description": "text", "required": false, "deprecated": false,
                            "allowEmptyValue": false, "style": "form", "explode": true, "allowReserved": false,
                            "schema": {"type": "array", "items": text()}, "example": ["a"], "examples": examples(),
                        },
                        {"in": "query", "name": "document", "content": {"application/json": {"schema": text()}}},
                        to("parameters/Limit"),
                    ],
                    "requestBody": {"description": "text", "required": false, "content": {"multipart/form-data": {
                        "schema": to("schemas/Sent"), "example": {}, "examples": examples(), "encoding": {"photo": {
                            "contentType": "image/png", "headers": {"X-Part": {"schema": text()}},
                            "style": "form", "explode": true, "allowReserved": false,
                        }},
                    }}},
                    "responses": {
                        "200": {
                            "description": "text",
                            "headers": {
                                "X-List": {
                                    "description": "text", "required": false, "deprecated": false, "style": "simple", "explode": false,
                                    "schema": {"type": "object", "properties": {"a": text()}}, "example": 1, "examples": examples(),
                                },
                                "X-Document": {"content": {"application/json": {"schema": text()}}},
                                "X-Limit": to("headers/Limit"),
                            },
                            "content": {"application/json": {"schema": to("schemas/Answer")}},
                            "links": {
                                "one": {
                                    "operationId": "change", "parameters": {"id": 1}, "requestBody": 1, "description": "text",
                                    "server": {"url": "https://example.com"},
                                },
                                "two": {"operationRef": "#/paths/~1pets"},
                                "three": to("links/Next"),
                            },
                        },
                        "404": {"description": "text"},
                        "default": {"description": "text", "content": {"application/json": {"schema": to("schemas/Error")}}},
                    },
                    "callbacks": {
                        "done": {"{$request.query.url}": {"post": {"responses": {"200": {"description": "text"}}}}},
                        "more": to("callbacks/More"),
                    },
                },
                "get": {"security": [{"open": []}], "responses": {"200": to("responses/Plain")}},
            },
            "/shops": {
                "servers": [{"url": "https://shops.example.com"}],
                "get": {"security": [{"oauth": []}], "responses": {"204": {}}},
                "post": {"security": [{"http": []}], "requestBody": to("requestBodies/Plain"), "responses": {"204": {}}},
                "delete": {"responses": {"204": {}}, "servers": [{"url": "https://more.example.com"}]},
            },
            "/all": {"head": {"security": [{"open": []}, {"http": []}], "responses": {"204": {}}}},
            "/elsewhere": {"$ref": "#/x-paths/one"},
        },
        "x-paths": {"one": {"get": {"responses": {"204": {}}}}, "two": {"get": {"deprecated": true, "responses": {"204": {}}}}},
        "components": {
            "schemas": {
                "Sent": {"type": "object", "required": ["name"], "properties": {
                    "name": text(), "photo": {"type": "string", "format": "binary"}, "read": {"type": "string", "readOnly": false},
                }},
                "Answer": {"type": "object", "required": ["text"], "properties": {
                    "text": {
                        "type": "string", "title": "text", "description": "text", "pattern": "^[a-z]", "maxLength": 9, "minLength": 1,
                        "format": "password", "default": "a", "nullable": false, "deprecated": false, "example": "a",
                        "externalDocs": docs(), "not": {"enum": ["b"]}, "writeOnly": false,
                        "xml": {"name": "t", "namespace": "https://example.com", "prefix": "p", "attribute": true, "wrapped": false},
                    },
                    "word": {"type": "string", "enum": ["a", "b"]},
                    "number": {
                        "type": "number", "multipleOf": 2, "maximum": 9, "exclusiveMaximum": false, "minimum": 1, "exclusiveMinimum": false,
                    },
                    "list": {"type": "array", "maxItems": 9, "minItems": 1, "uniqueItems": false, "items": text()},
                    "map": {"type": "object", "maxProperties": 9, "minProperties": 1, "additionalProperties": text()},
                    "base": {"allOf": [to("schemas/Base")]},
                    "one": {
                        "oneOf": [to("schemas/Cat"), to("schemas/Dog")],
                        "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat", "dog": "Dog"}},
                    },
                    "any": {"anyOf": [text(), {"type": "integer"}]},
                }},
                "Base": {"type": "object", "properties": {"a": text()}},
                "Other": {"type": "object", "properties": {"a": text(), "b": text()}},
                "Cat": {"type": "object", "properties": {"kind": text(), "claws": text()}},
                "Dog": {"type": "object", "properties": {"kind": text(), "tail": text()}},
                "Error": {"type": "object", "properties": {"message": text()}},
            },
            "responses": {"Plain": {"description": "text", "content": {"text/plain": {"schema": text()}}}},
            "parameters": {"Limit": {"in": "query", "name": "limit", "schema": {"type": "integer"}}},
            "examples": {"Plain": {"value": 1}},
            "requestBodies": {"Plain": {"content": {"text/plain": {"schema": text()}}}},
            "headers": {"Limit": {"schema": {"type": "integer"}}},
            "securitySchemes": {
                "key": {"type": "apiKey", "description": "text", "name": "X-Key", "in": "header"},
                "http": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
                "open": {"type": "openIdConnect", "openIdConnectUrl": "https://example.com"},
                "oauth": {"type": "oauth2", "flows": {
                    "implicit": flow(), "password": flow(), "clientCredentials": flow(), "authorizationCode": flow(),
                }},
            },
            "links": {"Next": {"operationId": "next"}},
            "callbacks": {"More": {"{$request.query.more}": {"post": {"responses": {"200": {"description": "text"}}}}}},
        },
    })
}
