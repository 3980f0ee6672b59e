package dev.thalweg.core.stream;

import dev.thalweg.model.Audio;
import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.StreamEvent;
import dev.thalweg.model.StreamEvent.ExtraField;
import dev.thalweg.model.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What has come of one choice. */
final class ChoiceParts {
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final List<Reasoning> reasoning = new ArrayList<>();
    private final ToolCallParts identities = new ToolCallParts();
    private final Map<Integer, Call> calls = new TreeMap<>();
    private final List<RawJson> annotations = new ArrayList<>();
    private final List<RawJson> images = new ArrayList<>();
    private final List<RawJson> audio = new ArrayList<>();
    private final List<RawJson> logprobs = new ArrayList<>();
    private final Fields messageExtra = new Fields();
    private final Fields extra = new Fields();
    private @Nullable FinishReason finishReason;

    void add(StreamEvent event) {
        switch (event) {
            case StreamEvent.TextDelta e -> content.append(e.text());
            case StreamEvent.ReasoningDelta e -> reasoning(e.part(), true).text.append(e.text());
            case StreamEvent.ReasoningSignature e -> reasoning(e.part(), false).signature = e.signature();
            case StreamEvent.ReasoningRedacted e -> reasoning(e.part(), true).redacted = e.data();
            case StreamEvent.RefusalDelta e -> refusal.append(e.text());
            case StreamEvent.ToolCallStart e -> call(e.part(), e.id(), e.name()).start(e.type(), e.id(), e.name());
            case StreamEvent.ToolCallDelta e ->
                call(e.part(), null, null).arguments.append(e.arguments());
            case StreamEvent.AnnotationAdded e -> annotations.add(e.annotation());
            case StreamEvent.ImageAdded e -> images.add(e.image());
            case StreamEvent.AudioDelta e -> audio.add(e.audio());
            case StreamEvent.LogprobsDelta e -> logprobs.add(e.logprobs());
            case StreamEvent.Finished e -> finishReason = e.reason();
            case ExtraField e -> extra(e);
            default -> {}
        }
    }

    Optional<FinishReason> finishReason() {
        return Optional.ofNullable(finishReason);
    }

    private void extra(ExtraField field) {
        switch (field.owner()) {
            case MESSAGE -> messageExtra.add(field.name(), field.value());
            case TOOL_CALL -> call(field.part(), null, null).extra.add(field.name(), field.value());
            default -> extra.add(field.name(), field.value());
        }
    }

    /** The block of this part; what comes after a signature or redacted data begins another one. */
    private Reasoning reasoning(int part, boolean mayBegin) {
        for (int i = reasoning.size() - 1; i >= 0; i--) {
            Reasoning block = reasoning.get(i);
            if (block.part == part) {
                if (mayBegin && block.closed()) {
                    break;
                }
                return block;
            }
        }
        Reasoning block = new Reasoning(part);
        reasoning.add(block);
        return block;
    }

    /** Chunks that were read one by one count their calls anew in each: whose piece it is, is asked again. */
    private Call call(int part, @Nullable String id, @Nullable String name) {
        int position = part < 0 ? part : identities.find(part, id, name);
        return calls.computeIfAbsent(position, i -> new Call());
    }

    ChatChoice choice(int index, @Nullable FinishReason unsaid) {
        StringBuilder thoughts = new StringBuilder();
        reasoning.forEach(block -> thoughts.append(block.text));
        boolean blocks = reasoning.stream().anyMatch(Reasoning::closed);
        return ChatChoice.builder(index)
                .content(content.toString())
                .reasoning(thoughts.toString())
                .reasoningBlocks(
                        blocks ? reasoning.stream().map(Reasoning::block).toList() : List.of())
                .refusal(refusal.toString())
                .toolCalls(calls.values().stream().map(Call::toolCall).toList())
                .annotations(annotations)
                .images(images)
                .audio(spoken())
                .logprobs(logprobs.isEmpty() ? null : JsonMerge.lists(logprobs))
                .messageExtra(messageExtra.merged())
                .extra(extra.merged())
                .finishReason(finishReason == null ? unsaid : finishReason)
                .build();
    }

    /** What cannot be read as one, for a number of a thousand digits in it for example, is no audio. */
    private @Nullable Audio spoken() {
        try {
            return audio.isEmpty() ? null : new Audio(JsonMerge.audio(audio));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static final class Reasoning {
        final int part;
        final StringBuilder text = new StringBuilder();

        @Nullable
        String signature;

        @Nullable
        String redacted;

        Reasoning(int part) {
            this.part = part;
        }

        boolean closed() {
            return signature != null || redacted != null;
        }

        ReasoningBlock block() {
            return redacted != null ? ReasoningBlock.redacted(redacted) : ReasoningBlock.of(text.toString(), signature);
        }
    }

    private static final class Call {
        final StringBuilder arguments = new StringBuilder();
        final Fields extra = new Fields();
        String type = ToolCall.FUNCTION;
        String id = "";
        String name = "";

        void start(@Nullable String newType, @Nullable String newId, @Nullable String newName) {
            type = newType == null ? type : newType;
            id = newId == null ? id : newId;
            name = newName == null ? name : newName;
        }

        ToolCall toolCall() {
            boolean none = arguments.isEmpty() && !type.equals(ToolCall.CUSTOM);
            return ToolCall.of(id, name, none ? "{}" : arguments.toString())
                    .withType(type)
                    .withExtra(extra.merged());
        }
    }

    /** Further fields, each with all the pieces that came of it. */
    private static final class Fields {
        private final Map<String, List<RawJson>> pieces = new LinkedHashMap<>();

        void add(String name, RawJson value) {
            pieces.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
        }

        Map<String, RawJson> merged() {
            Map<String, RawJson> merged = new LinkedHashMap<>();
            pieces.forEach((name, values) -> merged.put(name, JsonMerge.field(name, values)));
            return merged;
        }
    }
}
