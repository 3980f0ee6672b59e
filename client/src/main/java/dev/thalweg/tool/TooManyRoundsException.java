package dev.thalweg.tool;

import dev.thalweg.error.ErrorDetails;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.Message;
import dev.thalweg.model.ToolCall;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A run reached its limit of rounds and the model still wants tools called. The last answer is {@link #partial()}, whose
 * calls were not made; {@link #messages()} is the conversation before it, to go on from. After serialisation both are empty.
 */
public final class TooManyRoundsException extends ThalwegException {
    private static final long serialVersionUID = 1L;

    private final transient List<Message> messages;

    TooManyRoundsException(int maxRounds, ChatResponse last, List<Message> messages) {
        super(ErrorDetails.builder("The model still wants tools called ("
                        + last.toolCalls().stream()
                                .map(ToolCall::name)
                                .distinct()
                                .collect(Collectors.joining(", "))
                        + ") after " + maxRounds + (maxRounds == 1 ? " round" : " rounds")
                        + ", the most this run may take: allow more, or see its rounds() for what it does.")
                .type("too_many_rounds")
                .code("too_many_rounds")
                .partial(last)
                .build());
        this.messages = List.copyOf(messages);
    }

    /** The request's messages and those of all rounds before the last answer. */
    public List<Message> messages() {
        return messages == null ? List.of() : messages;
    }
}
