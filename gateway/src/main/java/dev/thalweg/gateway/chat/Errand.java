package dev.thalweg.gateway.chat;

import dev.thalweg.config.Deployment;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.Splices;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A request that is no chat and has its answer in one piece. It goes the way of a chat but for two things, which it knows: how
 * a deployment is asked, and what becomes of the answer. For one request, on its event loop.
 */
public interface Errand {
    /**
     * How this deployment is asked.
     *
     * @param model the model's name there
     * @throws dev.thalweg.core.dialect.RequestProblem when it cannot be asked this
     */
    Question question(Asked asked, Target target, String model);

    /** Whether this deployment can be asked it. Where some of a group can, only they are. */
    default boolean fits(Deployment deployment) {
        return true;
    }

    /** Says more about the answer in its headers. */
    default void describe(HttpHeaders headers) {
        // Most have nothing to add.
    }

    /** What one deployment is asked, in one request or in several, one after the other. */
    interface Question {
        /** The path, whole. */
        String path();

        /**
         * Makes the request that is next ready.
         *
         * @throws dev.thalweg.core.dialect.RequestProblem when it cannot be said to this deployment
         */
        default void prepare() {
            // Who passes a body on has it.
        }

        /** The body of the request that is next. */
        ByteBuf body();

        /** Headers that go with it. */
        HttpHeaders headers();

        /** Reads the answer to the request that is next. */
        WholeAnswer.Reading reading(StreamObserver observer, Delivery delivery);

        /** What is answered instead, without asking anybody; null: the deployment is asked. */
        default @Nullable String known() {
            return null;
        }

        /** What is answered where the deployment answers with this status; null: that it failed. */
        default byte @Nullable [] instead(int status) {
            return null;
        }
    }

    /** Where an answer goes. */
    interface Delivery {
        /** The request's id. */
        String requestId();

        /** To the caller, with these changes. */
        void whole(byte[] array, int offset, int length, Splices changes);

        /** Nowhere yet: the question has another request for the same deployment. */
        void more();

        /** To the caller. */
        default void whole(byte[] json) {
            whole(json, 0, json.length, new Splices());
        }
    }
}
