package dev.thalweg.tool;

import dev.thalweg.ChatStream;
import dev.thalweg.model.ChatRequest;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** The wait for an answer to begin, on a thread of its own, so that it can be stopped while another thread reads. */
final class Opening {
    private final CompletableFuture<ChatStream> opened = new CompletableFuture<>();
    private final Thread thread;

    private Opening(Function<ChatRequest, ChatStream> model, ChatRequest request) {
        thread = Thread.ofVirtual().name("thalweg-tool-run").start(() -> open(model, request));
    }

    static Opening of(Function<ChatRequest, ChatStream> model, ChatRequest request) {
        return new Opening(model, request);
    }

    private void open(Function<ChatRequest, ChatStream> model, ChatRequest request) {
        try {
            ChatStream stream = model.apply(request);
            if (!opened.complete(stream)) {
                stream.close();
            }
        } catch (Throwable e) {
            opened.completeExceptionally(e);
        }
    }

    ChatStream await(StopSwitch stop) {
        stop.running(this::stop);
        try {
            return opened.get();
        } catch (InterruptedException e) {
            stop();
            throw StopSwitch.interrupted(e);
        } catch (CancellationException e) {
            throw StopSwitch.cancelled("The run was closed before the model answered again.", null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    /** Who comes too late with an answer closes it. */
    private void stop() {
        opened.cancel(false);
        thread.interrupt();
    }
}
