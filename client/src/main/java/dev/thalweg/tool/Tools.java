package dev.thalweg.tool;

import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.ToolCall;
import dev.thalweg.model.ToolSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A set of tools, and the one place where they are called. Whatever goes wrong in a call becomes its result, so that the
 * model can do better: an unknown name, arguments that are not what the tool takes, an exception. Immutable; safe to share
 * between threads if the tools are.
 *
 * {@snippet :
 * ChatRequest request = tools.offerIn(ChatRequest.of(model, question));
 * ChatResponse answer = thalweg.complete(request);
 * while (!answer.toolCalls().isEmpty()) {
 *     request = request.toBuilder().messages(tools.callAll(answer).messages()).build();
 *     answer = thalweg.complete(request);
 * }
 * }
 *
 * <p>{@link dev.thalweg.Thalweg#run} is this loop with a limit, as a stream.
 */
public final class Tools implements ToolSource {
    private static final System.Logger LOG = System.getLogger("dev.thalweg.tool");
    private static final String ROOT = "arguments";

    private final Map<String, ToolFunction> byName;

    private Tools(Map<String, ToolFunction> byName) {
        this.byName = byName;
    }

    /**
     * All tools of these.
     *
     * @throws IllegalArgumentException when two have the same name
     */
    public static Tools of(ToolSource... sources) {
        return of(List.of(sources));
    }

    /**
     * All tools of these.
     *
     * @throws IllegalArgumentException when two have the same name
     */
    public static Tools of(Collection<? extends ToolSource> sources) {
        Map<String, ToolFunction> byName = new LinkedHashMap<>();
        for (ToolSource source : sources) {
            for (ToolFunction function : source.functions()) {
                String name = function.spec().name();
                if (byName.putIfAbsent(name, function) != null) {
                    throw new IllegalArgumentException(
                            "Two tools are named \"" + name
                                    + "\": a model could not tell which one it calls. Rename one, with @Tool(name = …) or named(…).");
                }
            }
        }
        return new Tools(byName);
    }

    @Override
    public List<ToolFunction> functions() {
        return List.copyOf(byName.values());
    }

    /** What models are told of the tools. */
    public List<ToolSpec> specs() {
        return byName.values().stream().map(ToolFunction::spec).toList();
    }

    /** The request with these tools after those it has; one that it has by the same name stays. */
    public ChatRequest offerIn(ChatRequest request) {
        List<String> known = request.tools().stream().map(ToolSpec::name).toList();
        ChatRequest.Builder offer = request.toBuilder();
        specs().stream().filter(spec -> !known.contains(spec.name())).forEach(offer::tool);
        return offer.build();
    }

    /** Calls a tool on this thread. Never throws what the tool throws: see {@link ToolResult#cause()}. */
    public ToolResult call(ToolCall call) {
        ToolFunction function = byName.get(call.name());
        if (function == null) {
            return ToolResult.failed(call, unknown(call.name()), null);
        }
        try {
            JsonInput arguments = call.type().equals(ToolCall.CUSTOM)
                    ? JsonInput.ofText(ROOT, call.arguments())
                    : JsonInput.parse(ROOT, call.arguments());
            return ToolResult.of(call, Outputs.of(function.body().call(arguments)));
        } catch (JsonInputException e) {
            return ToolResult.failed(call, "The tool was not called. " + e.getMessage(), e);
        } catch (ToolException e) {
            return ToolResult.failed(call, String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ToolResult.failed(call, "The tool was interrupted.", e);
        } catch (Throwable e) {
            return failed(call, e);
        }
    }

    private String unknown(String name) {
        String known = byName.isEmpty()
                ? "There are none."
                : "There are: " + byName.keySet().stream().collect(Collectors.joining(", ")) + ".";
        return "There is no tool named \"" + name + "\". " + known;
    }

    private static ToolResult failed(ToolCall call, Throwable e) {
        // Messages may quote arguments, which are no business of a log.
        LOG.log(
                System.Logger.Level.WARNING,
                () -> "The tool " + call.name() + " failed with " + e.getClass().getName() + at(e)
                        + "; the model is told, and the result has the cause");
        String problem = e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
        return ToolResult.failed(call, problem, e);
    }

    private static String at(Throwable e) {
        return e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
    }

    /**
     * Calls all tools that the first choice of an answer wants called, each on a virtual thread of its own, and waits for
     * them. The calls of an answer that ended at a limit, by a filter or in an error
     * are not made: they may be half of what was meant.
     *
     * @throws dev.thalweg.error.CancelledException when this thread is interrupted: so are the tools then
     */
    public ToolRound callAll(ChatResponse response) {
        return callAll(response, new StopSwitch());
    }

    ToolRound callAll(ChatResponse response, StopSwitch stop) {
        if (isCut(response)) {
            List<ToolResult> refused = new ArrayList<>();
            for (ToolCall call : response.toolCalls()) {
                refused.add(
                        ToolResult.failed(call, "The tool was not called: the answer that asks for it was cut.", null));
            }
            return new ToolRound(response, refused);
        }
        return new ToolRound(
                response, RunningCalls.of(this, response.toolCalls()).await(stop));
    }

    /** Whether an answer ended before its end, so that its calls may be half of what was meant. */
    static boolean isCut(ChatResponse response) {
        FinishReason.Kind kind = response.finishReason().map(FinishReason::kind).orElse(FinishReason.Kind.OTHER);
        return kind == FinishReason.Kind.LENGTH
                || kind == FinishReason.Kind.CONTENT_FILTER
                || kind == FinishReason.Kind.ERROR;
    }

    @Override
    public String toString() {
        return "Tools" + byName.keySet();
    }
}
