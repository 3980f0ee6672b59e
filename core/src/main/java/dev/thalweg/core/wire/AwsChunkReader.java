package dev.thalweg.core.wire;

import java.util.Base64;

/**
 * AWS's event stream where it carries the events of another protocol: in each frame one document in Base64, {@code
 * {"bytes":"…"}}, as Bedrock's InvokeModel sends Anthropic's. Its {@code type} is the event's name. Exceptions are as in any
 * other of AWS's streams.
 */
public final class AwsChunkReader extends BlockReader {
    private final AwsFrameReader frames;
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonText text = new JsonText();

    /**
     * A reader for one stream.
     *
     * @param maxEventBytes how large one frame may be, in bytes
     * @param budget what all streams together may hold back
     */
    public AwsChunkReader(int maxEventBytes, HeldBytes budget) {
        super(maxEventBytes, budget);
        this.frames = new AwsFrameReader(maxEventBytes, budget);
    }

    @Override
    int endOfEvent(byte[] array, int from, int to) {
        return frames.endOfEvent(array, from, to);
    }

    @Override
    public String end() {
        return frames.end();
    }

    @Override
    boolean mayEndHere() {
        return false;
    }

    @Override
    void parse(EventBlock block, byte[] array, int from, int to) {
        frames.parse(block, array, from, to);
        if (block.failure() || !block.hasData()) {
            return;
        }
        byte[] document = document(block);
        block.setText(document);
        block.setName(0, 0, false);
        cursor.reset(document, 0, document.length);
        if (cursor.peek() == '{' && member("type")) {
            block.setName(text);
        }
    }

    /** What the frame carries; nothing where it carries no document. */
    private byte[] document(EventBlock block) {
        cursor.reset(block.dataArray(), block.dataStart(), block.dataLength());
        if (cursor.peek() != '{' || !member("bytes")) {
            return new byte[0];
        }
        try {
            return Base64.getDecoder().decode(text.decode());
        } catch (IllegalArgumentException e) {
            throw new BrokenFrameException("A frame carries something that is not Base64");
        }
    }

    /** Whether the object ahead has this member as a text, which is then the view. */
    private boolean member(String name) {
        boolean found = false;
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs(name)) {
                found = cursor.textOrSkip(text) != null;
                if (found) {
                    return true;
                }
            } else {
                cursor.skip();
            }
        }
        return found;
    }
}
