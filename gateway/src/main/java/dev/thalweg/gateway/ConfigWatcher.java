package dev.thalweg.gateway;

import dev.thalweg.config.ConfigFile;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the configuration file and the certificate again and again, on a virtual thread of its own, and has it read when its content has
 * become another one and stayed so for two looks: whatever is being written is left alone until it is done. Content is all
 * that is compared, so it makes no difference how it came there. Closing it ends the looking.
 */
final class ConfigWatcher implements AutoCloseable {
    /** Two of these and the reading are less than a second. */
    static final Duration BETWEEN_LOOKS = Duration.ofMillis(400);

    private final ConfigReloader reloader;
    private final Thread thread;
    private @Nullable String lastSeen;

    /** One that looks only when told. */
    ConfigWatcher(ConfigReloader reloader) {
        this.reloader = reloader;
        this.thread = Thread.ofVirtual().name("thalweg-config").unstarted(this::run);
    }

    /** Begins to look. */
    static ConfigWatcher start(ConfigReloader reloader) {
        ConfigWatcher watcher = new ConfigWatcher(reloader);
        watcher.thread.start();
        return watcher;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(BETWEEN_LOOKS);
                look();
            }
        } catch (InterruptedException closed) {
            // That is how it ends.
        }
    }

    /** Looks once. */
    void look() {
        reloader.lookAtCertificate();
        ConfigFile file = reloader.read();
        String seen = file.fingerprint();
        if (seen.equals(lastSeen) && reloader.isNews(file)) {
            reloader.reload(file);
        }
        lastSeen = seen;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
