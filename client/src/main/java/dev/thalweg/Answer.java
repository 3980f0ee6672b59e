package dev.thalweg;

import dev.thalweg.core.dialect.Dialect;
import dev.thalweg.core.dialect.openai.GatewayDialect;
import dev.thalweg.core.dialect.openai.PromptEstimate;
import dev.thalweg.core.stream.Assembler;
import dev.thalweg.core.stream.UsageEstimate;
import dev.thalweg.model.Attempt;
import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.Usage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The answer so far, written by the reader of a stream and read by anybody. Thread-safe. */
final class Answer {
    private final ReentrantLock lock = new ReentrantLock();
    private final Assembler assembler = new Assembler();
    private boolean begun;
    private boolean complete;
    private boolean over;
    private @Nullable ChatResponse last;
    private List<Attempt> attempts = List.of();

    private final @Nullable ChatRequest request;
    private final List<String> warnings;
    private final @Nullable Dialect dialect;

    /** An answer to this question, if it is known, that did not come of a call. */
    Answer(@Nullable ChatRequest request) {
        this(request, List.of(), null);
    }

    /**
     * An answer to this question that nothing has come of.
     *
     * @param warnings what could not be asked
     * @param dialect the protocol it comes in; null: not known
     */
    Answer(@Nullable ChatRequest request, List<String> warnings, @Nullable Dialect dialect) {
        this.request = request;
        this.warnings = warnings;
        this.dialect = dialect;
    }

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
            over = false;
            last = null;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come: what is there is the whole answer. */
    void complete() {
        lock.lock();
        try {
            complete = true;
            last = null;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come, whatever there is. */
    void over() {
        lock.lock();
        try {
            over = true;
        } finally {
            lock.unlock();
        }
    }

    /** So many attempts have ended on the way to it. */
    void attempts(List<Attempt> ended) {
        lock.lock();
        try {
            attempts = ended;
            last = null;
        } finally {
            lock.unlock();
        }
    }

    /** The answer so far; when nothing more will come, with usage. */
    ChatResponse now() {
        lock.lock();
        try {
            if (!complete && !over) {
                return listed(assembler.soFar());
            }
            if (last == null) {
                last = listed(counted(complete ? assembler.complete() : assembler.soFar()));
            }
            return last;
        } finally {
            lock.unlock();
        }
    }

    /** What has come of an answer that broke; null where nothing has. */
    @Nullable
    ChatResponse partial() {
        lock.lock();
        try {
            return begun ? now() : null;
        } finally {
            lock.unlock();
        }
    }

    /** With what the engine does not know of it. */
    private ChatResponse listed(ChatResponse response) {
        List<String> told = List.of();
        ChatResponse own = response;
        if (dialect instanceof GatewayDialect gateway) {
            told = ProviderWords.warnings(response);
            own = ProviderWords.in(response, gateway.name());
        }
        return own.toBuilder()
                .choices(own.choices().stream().map(this::signed).toList())
                .attempts(attempts)
                .warnings(Stream.of(warnings, response.warnings(), told)
                        .flatMap(List::stream)
                        .distinct()
                        .toList())
                .request(request)
                .build();
    }

    /** Only a provider of the protocol that signed its reasoning can use it. */
    private ChatChoice signed(ChatChoice choice) {
        if (dialect == null || choice.reasoningBlocks().isEmpty()) {
            return choice;
        }
        String name = dialect.name();
        return choice.toBuilder()
                .reasoningBlocks(choice.reasoningBlocks().stream()
                        .map(block -> block.dialect().isPresent() ? block : block.withDialect(name))
                        .toList())
                .build();
    }

    /** An answer that began cost something, whether or not the provider said how much. */
    private ChatResponse counted(ChatResponse response) {
        if (request == null
                || response.usage().isPresent()
                || response.choices().isEmpty()) {
            return response;
        }
        return response.toBuilder()
                .usage(UsageEstimate.of(PromptEstimate.ofRequest(request), response))
                .build();
    }

    /** Something small of what has come, without building the whole answer. */
    <T> T ask(Function<Assembler, T> question) {
        lock.lock();
        try {
            return question.apply(assembler);
        } finally {
            lock.unlock();
        }
    }

    /** The usage so far; when nothing more will come, also an estimate. */
    Optional<Usage> usage() {
        lock.lock();
        try {
            return complete || over ? now().usage() : Optional.ofNullable(assembler.usage());
        } finally {
            lock.unlock();
        }
    }
}
