package dev.thalweg.clients;

/** The classes of error, by their names in the libraries. */
enum Raised {
    BAD_REQUEST(400, "BadRequestError", "BadRequestException"),
    AUTHENTICATION(401, "AuthenticationError", "UnauthorizedException"),
    NOT_FOUND(404, "NotFoundError", "NotFoundException"),
    RATE_LIMIT(429, "RateLimitError", "RateLimitException"),
    SERVER(500, "InternalServerError", "InternalServerException"),
    OVERLOADED(529, "OverloadedError", "OverloadedException"),
    UNAVAILABLE(503, "InternalServerError", "InternalServerException"),
    /** In a stream: there is no status any more that could tell one from another. */
    IN_STREAM(0, "APIError", "SseException");

    private final int status;
    private final String name;
    private final String javaName;

    Raised(int status, String name, String javaName) {
        this.status = status;
        this.name = name;
        this.javaName = javaName;
    }

    int status() {
        return status;
    }

    String in(Client client) {
        return client == Client.JAVA || client == Client.ANTHROPIC_JAVA ? javaName : name;
    }
}
