package dev.thalweg;

import dev.thalweg.model.ChatChunk;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Function;

/** Several items of each chunk, or none. For one thread. */
final class FlatIterator<T> implements Iterator<T> {
    private final Iterator<ChatChunk> chunks;
    private final Function<ChatChunk, List<T>> items;
    private final Queue<T> waiting = new ArrayDeque<>();

    FlatIterator(Iterator<ChatChunk> chunks, Function<ChatChunk, List<T>> items) {
        this.chunks = chunks;
        this.items = items;
    }

    @Override
    public boolean hasNext() {
        while (waiting.isEmpty() && chunks.hasNext()) {
            waiting.addAll(items.apply(chunks.next()));
        }
        return !waiting.isEmpty();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The stream has ended: ask hasNext() first.");
        }
        return waiting.remove();
    }
}
