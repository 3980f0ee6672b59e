package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A step of a script that does not wait but says that the upstream has come to it, all before it being sent. */
final class Reached extends CountDownLatch {
    Reached() {
        super(1);
    }

    /** What the script calls. */
    @Override
    public void await() {
        countDown();
    }

    /** Waits until the script is there. */
    void expect() throws InterruptedException {
        assertThat(await(5, TimeUnit.SECONDS))
                .as("the script came to this step")
                .isTrue();
    }
}
