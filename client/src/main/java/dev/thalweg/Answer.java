package dev.thalweg;

import dev.thalweg.core.stream.Assembler;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatResponse;
import java.util.concurrent.locks.ReentrantLock;

/** The answer so far, written by the reader of a stream and read by anybody. Thread-safe. */
final class Answer {
    private final ReentrantLock lock = new ReentrantLock();
    private final Assembler assembler = new Assembler();
    private boolean begun;
    private boolean complete;

    /** Adds the next chunk; {@code whole} says that it is the only one and carries the provider's whole body. */
    void add(ChatChunk chunk, boolean whole) {
        lock.lock();
        try {
            if (whole) {
                assembler.addWhole(chunk);
            } else {
                assembler.add(chunk);
            }
            begun = true;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come: what is there is the whole answer. */
    void complete() {
        lock.lock();
        try {
            complete = true;
        } finally {
            lock.unlock();
        }
    }

    boolean begun() {
        lock.lock();
        try {
            return begun;
        } finally {
            lock.unlock();
        }
    }

    ChatResponse now() {
        lock.lock();
        try {
            return complete ? assembler.complete() : assembler.soFar();
        } finally {
            lock.unlock();
        }
    }
}
