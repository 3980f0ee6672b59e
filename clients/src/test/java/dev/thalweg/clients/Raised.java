package dev.thalweg.clients;

/** The classes of error, by their names in the libraries. */
enum Raised {
    BAD_REQUEST(400, "BadRequestError", "BadRequestException", "InvalidRequestException"),
    AUTHENTICATION(401, "AuthenticationError", "UnauthorizedException", "AuthenticationException"),
    NOT_FOUND(404, "NotFoundError", "NotFoundException", "ModelNotFoundException"),
    RATE_LIMIT(429, "RateLimitError", "RateLimitException", "RateLimitException"),
    SERVER(500, "InternalServerError", "InternalServerException", "InternalServerException"),
    OVERLOADED(529, "OverloadedError", "OverloadedException", "InternalServerException"),
    UNAVAILABLE(503, "InternalServerError", "InternalServerException", "InternalServerException"),
    /** In a stream: there is no status any more that could tell one from another. */
    IN_STREAM(0, "APIError", "SseException", "RuntimeException");

    private final int status;
    private final String name;
    private final String javaName;
    private final String langChain4jName;

    Raised(int status, String name, String javaName, String langChain4jName) {
        this.status = status;
        this.name = name;
        this.javaName = javaName;
        this.langChain4jName = langChain4jName;
    }

    int status() {
        return status;
    }

    private String cohereName() {
        return switch (this) {
            case AUTHENTICATION -> "UnauthorizedError";
            case RATE_LIMIT -> "TooManyRequestsError";
            case UNAVAILABLE -> "ServiceUnavailableError";
            default -> name;
        };
    }

    String in(Client client) {
        if (client.ai()) {
            return "AI_APICallError";
        }
        return switch (client) {
            // Spring AI lets through what openai-java raises.
            case JAVA, ANTHROPIC_JAVA, SPRING_AI -> javaName;
            case LANGCHAIN4J -> langChain4jName;
            case GENAI_NODE -> "ApiError";
            case GENAI_JAVA -> status >= 500 ? "ServerException" : "ClientException";
            case COHERE -> cohereName();
            case MISTRAL -> "SDKError";
            case OLLAMA -> "ResponseError";
            default -> name;
        };
    }
}
