package dev.thalweg.core.route;

import dev.thalweg.core.error.ErrorKind;

/**
 * What a failed attempt means for routing: whether the same deployment, another one of its group or a fallback group may
 * do better, and whether the deployment is to blame. The table in {@code docs/routing.md} is written from this list.
 */
public enum FailureClass {
    /** No connection, or one that broke. */
    CONNECTION(Again.ANYWHERE, Fallback.GENERAL, Blame.COUNTED),
    /** The provider failed: 5xx, an error in its stream, something that is not the protocol. */
    INTERNAL_SERVER(Again.ANYWHERE, Fallback.GENERAL, Blame.COUNTED),
    /** A clock ran out before the answer came. */
    TIMEOUT(Again.ANYWHERE, Fallback.GENERAL, Blame.COUNTED),
    /** 429: too many requests or tokens for now. */
    RATE_LIMIT(Again.ANYWHERE, Fallback.GENERAL, Blame.AT_ONCE),
    /** The deployment's key, rights or account are not good. */
    AUTHENTICATION(Again.ELSEWHERE, Fallback.GENERAL, Blame.AT_ONCE),
    /** The provider does not know the deployment's model. */
    NOT_FOUND(Again.ELSEWHERE, Fallback.GENERAL, Blame.AT_ONCE),
    /** The prompt is too long for the model. */
    CONTEXT_WINDOW(Again.NEVER, Fallback.CONTEXT_WINDOW, Blame.NONE),
    /** The provider's filter refused prompt or answer. */
    CONTENT_POLICY(Again.NEVER, Fallback.CONTENT_POLICY, Blame.NONE),
    /** The caller's own fault: the same everywhere. */
    BAD_REQUEST(Again.NEVER, Fallback.NONE, Blame.NONE),
    /** Ended by this side: the loop guard, a limit, a shutdown. */
    OWN(Again.NEVER, Fallback.NONE, Blame.NONE);

    /** Where the next attempt within the group may go. */
    public enum Again {
        /** To another deployment at once, or to the same one after a wait. */
        ANYWHERE,
        /** To another deployment only. */
        ELSEWHERE,
        /** Nowhere. */
        NEVER
    }

    /** Which list of fallback groups this failure opens. */
    public enum Fallback {
        /** {@code fallbacks}, and {@code default_fallbacks}. */
        GENERAL,
        /** {@code context_window_fallbacks}. */
        CONTEXT_WINDOW,
        /** {@code content_policy_fallbacks}. */
        CONTENT_POLICY,
        /** None. */
        NONE
    }

    /** What the deployment's health suffers. */
    public enum Blame {
        /** It cools down when this happens too often. */
        COUNTED,
        /** It cools down at once. */
        AT_ONCE,
        /** Nothing. */
        NONE
    }

    private final Again again;
    private final Fallback fallback;
    private final Blame blame;

    FailureClass(Again again, Fallback fallback, Blame blame) {
        this.again = again;
        this.fallback = fallback;
        this.blame = blame;
    }

    /** The class of an error. */
    public static FailureClass of(ErrorKind kind) {
        return switch (kind) {
            case API_CONNECTION -> CONNECTION;
            case INTERNAL_SERVER, BAD_GATEWAY, SERVICE_UNAVAILABLE, RESPONSE_VALIDATION -> INTERNAL_SERVER;
            case TIMEOUT -> TIMEOUT;
            case RATE_LIMIT -> RATE_LIMIT;
            case AUTHENTICATION, PERMISSION_DENIED, QUOTA_EXHAUSTED -> AUTHENTICATION;
            case NOT_FOUND -> NOT_FOUND;
            case CONTEXT_WINDOW_EXCEEDED -> CONTEXT_WINDOW;
            case CONTENT_POLICY_VIOLATION -> CONTENT_POLICY;
            case BAD_REQUEST, UNSUPPORTED_PARAMS, UNPROCESSABLE_ENTITY, BUDGET_EXCEEDED, CANCELLED -> BAD_REQUEST;
            case RESPONSE_TOO_LARGE, API_ERROR -> OWN;
        };
    }

    /** Where the next attempt within the group may go. */
    public Again again() {
        return again;
    }

    /** Which list of fallback groups it opens. */
    public Fallback fallback() {
        return fallback;
    }

    /** What the deployment's health suffers. */
    public Blame blame() {
        return blame;
    }
}
