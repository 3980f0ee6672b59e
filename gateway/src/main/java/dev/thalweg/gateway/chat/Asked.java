package dev.thalweg.gateway.chat;

import dev.thalweg.config.Deployment;
import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.Defaults;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.dialect.openai.RequestHead;
import dev.thalweg.core.dialect.openai.RequestWriter;
import dev.thalweg.core.dialect.responses.CancelledResponse;
import dev.thalweg.core.dialect.responses.ResponsesDialect;
import dev.thalweg.core.upstream.AnthropicHost;
import dev.thalweg.core.wire.Framing;
import dev.thalweg.core.wire.Splices;
import dev.thalweg.model.ChatRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asked, and in which protocol: his body as it came, and what it means where an upstream speaks another one.
 * Lives on its exchange's event loop, and owns the body.
 */
public final class Asked {
    private final Front front;
    private final RequestHead head;
    private final ByteBuf body;
    private final HttpHeaders forwarded;
    private final Framing framing;
    private final Warnings warnings = new Warnings();
    private final @Nullable String owner;
    private final @Nullable Errand errand;
    private @Nullable ChatRequest meaning;

    /**
     * A request in this protocol.
     *
     * @param framing how he wants the events of a stream framed
     * @param body all of it, owned from here on
     * @param forwarded headers that an upstream of the same protocol is sent as well
     * @param owner the caller's key by its name; null where none is needed
     */
    public Asked(
            Front front,
            RequestHead head,
            Framing framing,
            ByteBuf body,
            HttpHeaders forwarded,
            @Nullable String owner) {
        this(front, head, framing, body, forwarded, owner, null);
    }

    /**
     * A request that may be no chat.
     *
     * @param task what it is instead; null: a chat
     */
    public Asked(
            Front front,
            RequestHead head,
            Framing framing,
            ByteBuf body,
            HttpHeaders forwarded,
            @Nullable String owner,
            @Nullable Task task) {
        this.errand = task == null ? null : task.errand();
        this.framing = framing;
        this.owner = owner;
        this.front = front;
        this.head = head;
        this.body = body;
        this.forwarded = forwarded;
    }

    Front front() {
        return front;
    }

    /** What it is that is no chat; null for a chat. */
    @Nullable
    Errand errand() {
        return errand;
    }

    RequestHead head() {
        return head;
    }

    ByteBuf body() {
        return body;
    }

    boolean stream() {
        return head.stream();
    }

    /** How he wants the events of a stream framed. */
    Framing framing() {
        return framing;
    }

    /** What could not be said in the protocol of the upstream that is asked. */
    Warnings warnings() {
        return warnings;
    }

    /** Keeps the answer for a caller who comes back to it, where his protocol has that. */
    void keep(ResponseStore store, byte[] response) {
        if (front == Front.RESPONSES && response.length > 0) {
            store.keep(owner, ByteBufUtil.getBytes(body), response);
        }
    }

    /** By which its owner finds the response of this id while it is written. */
    ResponseKey responseKey(String id) {
        return new ResponseKey(owner, id);
    }

    /** How a response ends that is cancelled when so much of it is out. */
    CancelledResponse cancelled(SoFar soFar, String requestId, String alias) {
        ResponsesDialect dialect = ResponsesDialect.INSTANCE;
        if (soFar.writer() != null) {
            return dialect.cancel(soFar.writer());
        }
        ChatRequest request;
        try {
            request = meaning();
        } catch (RequestProblem onlyItsProviderReadsIt) {
            request = ChatRequest.of(alias, "");
        }
        return dialect.cancel(answerHead(front, requestId, alias), request, soFar.passed(), soFar.id());
    }

    /** The headers that go along to an upstream of this protocol. */
    HttpHeaders forwarded(Front upstream) {
        return upstream == front ? forwarded : EmptyHttpHeaders.INSTANCE;
    }

    /**
     * What it means, read once.
     *
     * @throws dev.thalweg.core.dialect.RequestProblem when it means nothing
     */
    ChatRequest meaning() {
        ChatRequest read = meaning;
        if (read == null) {
            byte[] array = new byte[body.readableBytes()];
            body.getBytes(body.readerIndex(), array);
            read = front.dialect().readRequest(array, 0, array.length);
            meaning = read;
        }
        return read;
    }

    /**
     * The body for this deployment in this protocol.
     *
     * @param spoken the text of an answer that broke, from which the next goes on; null: from the beginning
     * @throws dev.thalweg.core.dialect.RequestProblem when it cannot be read to be translated
     */
    ByteBuf bodyFor(Front upstream, Deployment deployment, String model, @Nullable String spoken) {
        AnthropicHost host = deployment.upstream().anthropicHost();
        Map<String, String> defaults = deployment.requestDefaults();
        if (upstream == front) {
            if (!front.spellsSettings() && host == null) {
                return UpstreamBody.of(front, head, body, deployment, model, spoken);
            }
            Map<String, String> spelled = front.dialect().settings().spelled(defaults);
            Splices changes = host != null
                    ? host.changes(head, spelled, forwarded.getAll("anthropic-beta"))
                    : RequestWriter.rename(head, model, spelled);
            return UpstreamBody.of(body, changes);
        }
        ChatRequest asked = Defaults.limited(KnownFields.of(meaning(), upstream, warnings), defaults);
        byte[] translated = upstream.dialect()
                .writeRequest(
                        spoken == null ? asked : RequestWriter.continuing(asked, spoken),
                        deployment.provider(),
                        model,
                        head.stream(),
                        warnings);
        byte[] added = Defaults.added(upstream.dialect().settings(), translated, Defaults.beside(asked, defaults));
        return Unpooled.wrappedBuffer(host != null ? host.body(added) : added);
    }

    /** What is said of an answer that is written anew. */
    AnswerHead answerHead(Front upstream, String requestId, String alias) {
        return new AnswerHead(
                requestId,
                upstream.dialect().name(),
                alias,
                Instant.now().getEpochSecond(),
                head.includeUsage(),
                framing,
                warnings.all());
    }

    void release() {
        body.release();
    }
}
