package dev.thalweg.tool;

import dev.thalweg.model.ToolCall;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Tools at work, each on a virtual thread of its own. One thread waits for them; any may stop them. */
final class RunningCalls {
    private final List<Running> calls;
    private final CompletableFuture<?> done;

    private record Running(CompletableFuture<ToolResult> result, Thread thread) {}

    private RunningCalls(List<Running> calls) {
        this.calls = calls;
        this.done = CompletableFuture.allOf(calls.stream().map(Running::result).toArray(CompletableFuture[]::new));
    }

    static RunningCalls of(Tools tools, List<ToolCall> calls) {
        return new RunningCalls(calls.stream().map(call -> start(tools, call)).toList());
    }

    private static Running start(Tools tools, ToolCall call) {
        CompletableFuture<ToolResult> result = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().name("thalweg-tool-" + call.name()).start(() -> {
            try {
                result.complete(tools.call(call));
            } catch (Throwable e) {
                // Not of the tool: somebody's logging, say. Who waits has to hear of it.
                result.completeExceptionally(e);
            }
        });
        return new Running(result, thread);
    }

    /** Waits for all results, in the order of the calls. A tool that does not heed its interrupt is not waited for. */
    List<ToolResult> await(StopSwitch stop) {
        stop.running(this::stop);
        try {
            done.get();
            return calls.stream().map(call -> call.result().join()).toList();
        } catch (InterruptedException e) {
            stop();
            throw StopSwitch.interrupted(e);
        } catch (CancellationException e) {
            throw StopSwitch.cancelled("The run was closed while tools were at work.", null);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a tool call has no result", e);
        }
    }

    private void stop() {
        done.cancel(false);
        calls.forEach(call -> call.thread().interrupt());
    }
}
