package dev.thalweg;

import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.StreamEvent;
import java.util.List;
import java.util.Optional;

/** One answer among the {@code n} asked for, while they are being written. Its views read the stream, which is read once. */
public final class ChoiceView {
    private final ChatStream stream;
    private final int index;

    ChoiceView(ChatStream stream, int index) {
        this.stream = stream;
        this.index = index;
    }

    /** The index among the {@code n} answers asked for. */
    public int index() {
        return index;
    }

    /** The pieces of its text, without empty ones. */
    public StreamView<String> text() {
        return stream.textOf(index);
    }

    /** Whatever happens in it, and what belongs to the whole answer. */
    public StreamView<StreamEvent> events() {
        return stream.view(chunk -> chunk.events().stream()
                .filter(event -> event.choice() == index || event.choice() < 0)
                .toList());
    }

    /** As far as it has come; empty as long as nothing has. */
    public Optional<ChatChoice> snapshot() {
        List<ChatChoice> all = stream.snapshot().choices();
        return all.stream().filter(choice -> choice.index() == index).findFirst();
    }
}
