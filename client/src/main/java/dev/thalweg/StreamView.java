package dev.thalweg;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One way to read a {@link ChatStream}: to loop over, once, or as a {@link Stream}. All views read the one source, so that
 * only one of them can be read; beside it there are {@link ChatStream#snapshot()} and {@link ChatStream#onEach}. It ends as
 * its stream does, and closing that one ends it.
 *
 * @param <T> what it gives
 */
public final class StreamView<T> implements Iterable<T> {
    private final ChatStream source;
    private final Supplier<Iterator<T>> items;

    StreamView(ChatStream source, Supplier<Iterator<T>> items) {
        this.source = source;
        this.items = items;
    }

    /**
     * What it gives, in order. May be asked for once.
     *
     * @throws IllegalStateException when the stream is read already
     */
    @Override
    public Iterator<T> iterator() {
        return items.get();
    }

    /**
     * The same as a stream. Closing it closes the {@link ChatStream}; leaving it early without that does not.
     *
     * @throws IllegalStateException when the stream is read already
     */
    public Stream<T> stream() {
        Spliterator<T> all = Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.NONNULL);
        return StreamSupport.stream(all, false).onClose(source::close);
    }
}
