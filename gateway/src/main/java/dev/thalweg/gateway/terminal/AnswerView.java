package dev.thalweg.gateway.terminal;

/** Shows one answer while it comes: what is waited for, the reasoning dimmed, the text as it is. */
final class AnswerView {
    private final Screen screen;
    private final Indicator indicator;
    private boolean reasoning;

    AnswerView(Screen screen) {
        this.screen = screen;
        this.indicator = new Indicator(screen);
    }

    void waiting() {
        indicator.start();
    }

    /** A piece of reasoning, which is no part of an answer that goes into a file. */
    void reasoning(String piece) {
        if (!screen.isTerminal() || piece.isEmpty()) {
            return;
        }
        indicator.stop();
        if (!reasoning) {
            reasoning = true;
            screen.note(screen.isUnicode() ? "Thinking…" : "Thinking...");
        }
        screen.dim(piece);
    }

    void text(String piece) {
        if (piece.isEmpty()) {
            return;
        }
        indicator.stop();
        if (reasoning) {
            reasoning = false;
            screen.endLine();
            screen.text("\n");
        }
        screen.text(piece);
    }

    /** Nothing more comes. */
    void end() {
        indicator.stop();
        screen.endLine();
    }
}
