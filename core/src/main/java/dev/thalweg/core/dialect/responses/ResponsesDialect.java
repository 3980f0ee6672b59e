package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.Dialect;
import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.SettingPlaces;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.Framing;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** OpenAI's Responses, {@code POST /v1/responses}. Stateless and thread-safe. */
public final class ResponsesDialect implements Dialect {
    private static final SettingPlaces SETTINGS = SettingPlaces.of(Map.of(
            "max_tokens",
            "max_output_tokens",
            "max_completion_tokens",
            "max_output_tokens",
            "reasoning_effort",
            "reasoning.effort",
            "verbosity",
            "text.verbosity"));

    /** The one there is. */
    public static final ResponsesDialect INSTANCE = new ResponsesDialect();

    private ResponsesDialect() {}

    @Override
    public String name() {
        return Names.DIALECT;
    }

    @Override
    public String path(String model, boolean stream) {
        return "/responses";
    }

    @Override
    public byte[] writeRequest(
            ChatRequest request, Provider provider, String model, boolean stream, Warnings warnings) {
        return RequestWriter.write(request, model, stream, warnings);
    }

    @Override
    public SettingPlaces settings() {
        return SETTINGS;
    }

    @Override
    public EventReader eventReader() {
        return new ResponseEventReader();
    }

    @Override
    public @Nullable ErrorBody readAnswer(byte[] array, int offset, int length, FrameSink sink) {
        return new AnswerReader().whole(array, offset, length, sink);
    }

    @Override
    public ChatRequest readRequest(byte[] array, int offset, int length) {
        return RequestReader.read(array, offset, length, null);
    }

    /**
     * What a caller's body asks for that goes on from an answer which was kept: the conversation so far comes between its
     * instructions and its input, and {@code previous_response_id} has done its duty.
     *
     * @throws dev.thalweg.core.dialect.RequestProblem when it is not a request of this protocol
     */
    public ChatRequest readRequest(byte[] array, int offset, int length, StoredResponse previous) {
        return RequestReader.read(array, offset, length, previous);
    }

    @Override
    public EventWriter eventWriter(AnswerHead head, ChatRequest request) {
        return new ResponseEventWriter(head, request);
    }

    @Override
    public byte[] writeAnswer(ChatResponse response, AnswerHead head, ChatRequest request) {
        ResponseEventWriter writer = new ResponseEventWriter(head, request);
        new AnswerFeed(writer).add(response);
        writer.complete();
        return Objects.requireNonNull(writer.response());
    }

    @Override
    public byte[] writeError(CallerError error) {
        return ErrorWriter.body(error);
    }

    @Override
    public byte[] writeErrorEvent(CallerError error, @Nullable EventWriter writer) {
        ResponseEventWriter own = writer instanceof ResponseEventWriter one ? one : unbegun(error);
        return own.fail(error);
    }

    @Override
    public byte[] writeErrorEvent(CallerError error, int passed, String id, Framing framing) {
        return passedOn(unbegun(error), passed, id).fail(error);
    }

    /** Ends an answer that was cancelled while this writer wrote it. */
    public CancelledResponse cancel(EventWriter writer) {
        return ((ResponseEventWriter) writer).cancel();
    }

    /**
     * Ends an answer that was cancelled while it was passed on as it came: of what it said nothing was kept.
     *
     * @param passed how many events were passed on
     * @param id its id
     */
    public CancelledResponse cancel(AnswerHead head, ChatRequest request, int passed, String id) {
        return passedOn(new ResponseEventWriter(head, request), passed, id).cancel();
    }

    /** A writer that goes on after so many events of an answer of this id. */
    private static ResponseEventWriter passedOn(ResponseEventWriter writer, int passed, String id) {
        if (!id.isEmpty()) {
            writer.id(JsonText.of(id));
        }
        return writer.numberedFrom(passed);
    }

    /** Of an answer of which nothing is known: its events are numbered from 0. */
    private static ResponseEventWriter unbegun(CallerError error) {
        AnswerHead head = new AnswerHead(error.requestId(), Names.DIALECT, "", 0, true, List.of());
        return new ResponseEventWriter(head, ChatRequest.of("", ""));
    }
}
