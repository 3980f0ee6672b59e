package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.wire.Splices;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway has to know of a chat request, and where in the body it stands. The body itself stays as it came.
 */
public final class RequestHead {
    /** A top-level member: its name, and where it starts, its name ends, its value starts and it ends. */
    record Member(String name, int start, int nameEnd, int valueStart, int end, boolean isNull) {}

    private final List<Member> members = new ArrayList<>(8);
    int bodyStart;
    int bodyEnd;
    int afterBrace;
    String model = "";
    boolean stream;
    boolean includeUsage;

    @Nullable
    Member includeUsageMember;

    int streamOptionsAfterBrace;
    boolean streamOptionsEmpty;
    long choices = 1;
    long maxTokens = -1;

    @Nullable
    String user;

    boolean tools;

    RequestHead() {}

    /** The model asked for. */
    public String model() {
        return model;
    }

    /** Whether the answer is to be streamed. */
    public boolean stream() {
        return stream;
    }

    /** Whether the caller asked for usage in the stream. */
    public boolean includeUsage() {
        return includeUsage;
    }

    /** How many answers are wanted. */
    public long choices() {
        return choices;
    }

    /** The limit of the answer in tokens under either of its names, -1 where there is none. */
    public long maxTokens() {
        return maxTokens;
    }

    /** The caller's user, null where none is named. */
    public @Nullable String user() {
        return user;
    }

    /** Whether tools are offered. */
    public boolean tools() {
        return tools;
    }

    /** Where in the body the value of a top-level member stands: from its first byte to behind its last. */
    public record Place(int start, int end) {}

    /** Where the value of this top-level member stands; null where there is none, or it is JSON's null. */
    public @Nullable Place place(String name) {
        Member member = member(name);
        return member == null || member.isNull()
                ? null
                : new Place(member.valueStart() - bodyStart, member.end() - bodyStart);
    }

    /** Whether the body has a top-level member of this name. */
    public boolean has(String name) {
        return member(name) != null;
    }

    /** All top-level members, in order. */
    List<Member> members() {
        return members;
    }

    void add(Member member) {
        members.add(member);
    }

    /** The changes that take members out, each with one of its commas. The model always stays. */
    void remove(Set<Member> removed, Splices splices) {
        boolean keptBefore = false;
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            if (!removed.contains(member)) {
                keptBefore = true;
            } else if (keptBefore) {
                splices.replace(members.get(i - 1).end(), member.end(), new byte[0]);
            } else {
                splices.replace(member.start(), members.get(i + 1).start(), new byte[0]);
            }
        }
    }

    @Nullable
    Member member(String name) {
        for (Member member : members) {
            if (member.name().equals(name)) {
                return member;
            }
        }
        return null;
    }
}
