/** A scripted upstream, a raw client and input cutting, for the tests of anything that speaks to an LLM provider. */
module dev.thalweg.testkit {
    requires static org.jspecify;

    exports dev.thalweg.testkit;
}
