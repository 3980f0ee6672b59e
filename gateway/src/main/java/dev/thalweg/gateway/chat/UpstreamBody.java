package dev.thalweg.gateway.chat;

import dev.thalweg.config.Deployment;
import dev.thalweg.core.dialect.Defaults;
import dev.thalweg.core.dialect.openai.RequestHead;
import dev.thalweg.core.dialect.openai.RequestWriter;
import dev.thalweg.core.wire.Splices;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The caller's body with the few changes an upstream needs. A long one is slices of what came with new pieces between, all
 * of it outside the heap, from where the socket takes it: no copy. A short one is sent faster in one piece.
 */
final class UpstreamBody {
    private static final int SHORT_BYTES = 16 * 1024;

    /** Stands for the body where its changes are written: they are told apart from it and never looked into. */
    private static final byte[] BODY = new byte[1];

    private UpstreamBody() {}

    /**
     * The body for this deployment.
     *
     * @param spoken the text of an answer that broke, from which the next goes on; null: from the beginning
     */
    static ByteBuf of(
            Front front,
            RequestHead request,
            ByteBuf body,
            Deployment deployment,
            String model,
            @Nullable String spoken) {
        if (front.nestsSettings() && !deployment.requestDefaults().isEmpty()) {
            ByteBuf renamed = of(body, RequestWriter.rename(request, model, Map.of()));
            return withDefaults(front, renamed, deployment.requestDefaults());
        }
        Splices changes = changes(front, request, deployment, model);
        if (spoken != null) {
            RequestWriter.continuing(request, spoken, changes);
        }
        return of(body, changes);
    }

    /** The body with those of these that it lacks; this one is released. */
    private static ByteBuf withDefaults(Front front, ByteBuf body, Map<String, String> defaults) {
        try {
            byte[] added = Defaults.added(front.dialect().settings(), ByteBufUtil.getBytes(body), defaults);
            return Unpooled.wrappedBuffer(added);
        } finally {
            body.release();
        }
    }

    /** The body with these changes. */
    static ByteBuf of(ByteBuf body, Splices changes) {
        if (changes.isEmpty()) {
            return body.retainedDuplicate();
        }
        return body.readableBytes() <= SHORT_BYTES ? copied(body, changes) : composed(body, changes);
    }

    private static Splices changes(Front front, RequestHead request, Deployment deployment, String model) {
        Map<String, String> defaults = deployment.requestDefaults();
        return switch (front) {
            case CHAT -> RequestWriter.rewrite(request, deployment.provider(), model, defaults);
            case COMPLETIONS -> RequestWriter.rewriteText(request, deployment.provider(), model, defaults);
            default -> RequestWriter.rename(request, model, defaults);
        };
    }

    private static ByteBuf copied(ByteBuf body, Splices changes) {
        ByteBuf changed = body.alloc().directBuffer((int) changes.length(body.readableBytes()));
        changes.write(BODY, 0, body.readableBytes(), (piece, offset, length) -> {
            if (piece == BODY) {
                changed.writeBytes(body, body.readerIndex() + offset, length);
            } else {
                changed.writeBytes(piece, offset, length);
            }
        });
        return changed;
    }

    private static ByteBuf composed(ByteBuf body, Splices changes) {
        CompositeByteBuf changed = body.alloc().compositeBuffer(Integer.MAX_VALUE);
        changes.write(BODY, 0, body.readableBytes(), (piece, offset, length) -> {
            ByteBuf component = piece == BODY
                    ? body.retainedSlice(body.readerIndex() + offset, length)
                    : body.alloc().directBuffer(length).writeBytes(piece, offset, length);
            changed.addComponent(true, component);
        });
        return changed;
    }
}
