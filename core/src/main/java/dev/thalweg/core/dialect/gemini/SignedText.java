package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.wire.ByteBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Writes text of which some pieces were signed: each of them is a part of its own again. What was signed and is not where it
 * was, because somebody changed the text, leaves its signature alone. Not thread-safe.
 */
final class SignedText {
    private final List<Signature> waiting = new ArrayList<>(0);
    private final Supplier<ByteBuilder> part;
    private int offset;

    /**
     * Text with these signatures.
     *
     * @param part begins a part
     */
    SignedText(List<Signature> signatures, Supplier<ByteBuilder> part) {
        signatures.stream()
                .filter(Signature::onText)
                .sorted(Comparator.comparingInt(Signature::from))
                .forEach(waiting::add);
        this.part = part;
    }

    /** The next piece of the text. */
    void write(String text) {
        int start = offset;
        int end = offset + text.length();
        for (Iterator<Signature> all = waiting.iterator(); all.hasNext(); ) {
            Signature signature = all.next();
            int from = signature.from();
            if (from < offset || from > end || (from == end && signature.length() > 0)) {
                continue;
            }
            all.remove();
            plain(text.substring(offset - start, from - start));
            int to = Math.min(end, from + signature.length());
            PartJson.text(part.get(), text.substring(from - start, to - start), signature.value());
            offset = to;
        }
        plain(text.substring(offset - start));
        offset = end;
    }

    /** There is no more text. */
    void end() {
        waiting.forEach(signature -> PartJson.text(part.get(), "", signature.value()));
        waiting.clear();
    }

    private void plain(String text) {
        if (!text.isEmpty()) {
            PartJson.text(part.get(), text, null);
        }
    }
}
