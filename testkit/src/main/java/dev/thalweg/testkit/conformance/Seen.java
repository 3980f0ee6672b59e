package dev.thalweg.testkit.conformance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller got, in no protocol's words. That it followed the protocol's grammar has been checked by then.
 *
 * @param choices the answers; empty where there is only an error
 * @param tokens the usage; null: not told
 * @param problem the error; null: none
 * @param complete whether the answer ended as its protocol ends answers
 * @param kept the first answer as a client of the protocol keeps it for the next turn, in JSON; may be empty
 */
public record Seen(
        List<Choice> choices,
        @Nullable Tokens tokens,
        @Nullable Problem problem,
        boolean complete,
        String kept) {

    /** Copies the list. */
    public Seen {
        choices = List.copyOf(choices);
    }

    /**
     * One answer.
     *
     * @param text its text
     * @param reasoning the words of its reasoning
     * @param signed whether reasoning in words has a proof
     * @param sealed whether there is reasoning that only the provider can read
     * @param refusal the words it refuses in, where the protocol keeps them apart
     * @param calls the tools it calls
     * @param finish why it ended; null: it did not
     */
    public record Choice(
            String text,
            String reasoning,
            boolean signed,
            boolean sealed,
            String refusal,
            List<ToolCall> calls,
            @Nullable Finish finish) {
        /** Copies the list. */
        public Choice {
            calls = List.copyOf(calls);
        }
    }

    /**
     * An error.
     *
     * @param status the HTTP status; 200 for an error in a stream
     * @param type the protocol's word for its kind
     * @param code the protocol's code; empty: none
     * @param message what it says
     */
    public record Problem(int status, String type, String code, String message) {}

    /** An error alone. */
    static Seen problem(Problem problem) {
        return new Seen(List.of(), null, problem, false, "");
    }
}
