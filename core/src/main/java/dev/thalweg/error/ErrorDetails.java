package dev.thalweg.error;

import dev.thalweg.model.Attempt;
import dev.thalweg.model.ChatResponse;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a failed call. Immutable. Serialised inside its exception, without the answer so far and without
 * the cause, which the exception itself carries.
 */
public final class ErrorDetails implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Builder values;

    private ErrorDetails(Builder values) {
        this.values = values;
    }

    /** Details with this message: what came, what was expected, what to do next. */
    public static Builder builder(String message) {
        return new Builder(message);
    }

    /** A builder that holds these values. */
    public Builder toBuilder() {
        return values.copy();
    }

    /** What happened, for people. */
    public String message() {
        return values.message;
    }

    /** HTTP status. */
    public int status() {
        return values.status;
    }

    /** The provider asked. */
    public Optional<String> provider() {
        return Optional.ofNullable(values.provider);
    }

    /** The model asked for. */
    public Optional<String> model() {
        return Optional.ofNullable(values.model);
    }

    /** The error's type. */
    public Optional<String> type() {
        return Optional.ofNullable(values.type);
    }

    /** The error's code. */
    public Optional<String> code() {
        return Optional.ofNullable(values.code);
    }

    /** The request field at fault. */
    public Optional<String> param() {
        return Optional.ofNullable(values.param);
    }

    /** The provider's id of the request. */
    public Optional<String> requestId() {
        return Optional.ofNullable(values.requestId);
    }

    /** How long to wait before the next try. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(values.retryAfter);
    }

    /** Whether the same request may succeed when sent again. */
    public boolean retryable() {
        return values.retryable;
    }

    /** The error body, redacted and cut at two thousand characters. */
    public Optional<String> body() {
        return Optional.ofNullable(values.body);
    }

    /** The answer up to the break. */
    public Optional<ChatResponse> partial() {
        return Optional.ofNullable(values.partial);
    }

    /** The attempts that were made, in their order. */
    public List<Attempt> attempts() {
        return values.attempts;
    }

    /** What caused it. */
    public Optional<Throwable> cause() {
        return Optional.ofNullable(values.cause);
    }

    /** Collects details. Not thread-safe. */
    public static final class Builder implements Serializable {
        private static final long serialVersionUID = 1L;

        private String message;
        private int status = 500;
        private @Nullable String provider;
        private @Nullable String model;
        private @Nullable String type;
        private @Nullable String code;
        private @Nullable String param;
        private @Nullable String requestId;
        private @Nullable Duration retryAfter;
        private boolean retryable;
        private @Nullable String body;
        private List<Attempt> attempts = List.of();
        private transient @Nullable ChatResponse partial;
        private transient @Nullable Throwable cause;

        private Builder(String message) {
            this.message = message;
        }

        private Builder copy() {
            return new Builder(message)
                    .status(status)
                    .provider(provider)
                    .model(model)
                    .type(type)
                    .code(code)
                    .param(param)
                    .requestId(requestId)
                    .retryAfter(retryAfter)
                    .retryable(retryable)
                    .body(body)
                    .attempts(attempts)
                    .partial(partial)
                    .cause(cause);
        }

        /** Sets the message. */
        public Builder message(String value) {
            message = value;
            return this;
        }

        /** Sets the HTTP status. */
        public Builder status(int value) {
            status = value;
            return this;
        }

        /** Sets the provider. */
        public Builder provider(@Nullable String value) {
            provider = value;
            return this;
        }

        /** Sets the model. */
        public Builder model(@Nullable String value) {
            model = value;
            return this;
        }

        /** Sets the type. */
        public Builder type(@Nullable String value) {
            type = value;
            return this;
        }

        /** Sets the code. */
        public Builder code(@Nullable String value) {
            code = value;
            return this;
        }

        /** Sets the field at fault. */
        public Builder param(@Nullable String value) {
            param = value;
            return this;
        }

        /** Sets the request id. */
        public Builder requestId(@Nullable String value) {
            requestId = value;
            return this;
        }

        /** Sets the wait before the next try. */
        public Builder retryAfter(@Nullable Duration value) {
            retryAfter = value;
            return this;
        }

        /** Sets whether trying again makes sense. */
        public Builder retryable(boolean value) {
            retryable = value;
            return this;
        }

        /** Sets the raw error body. */
        public Builder body(@Nullable String value) {
            body = value;
            return this;
        }

        /** Sets the answer so far. */
        public Builder partial(@Nullable ChatResponse value) {
            partial = value;
            return this;
        }

        /** Sets the attempts that were made. */
        public Builder attempts(List<Attempt> value) {
            attempts = List.copyOf(value);
            return this;
        }

        /** Sets the cause. */
        public Builder cause(@Nullable Throwable value) {
            cause = value;
            return this;
        }

        /** The details as set so far. */
        public ErrorDetails build() {
            return new ErrorDetails(copy());
        }
    }
}
