/** The engine of Thalweg: everything that is the same in the SDK and in the gateway. No I/O. */
@SuppressWarnings("module")
module dev.thalweg.core {
    requires static org.jspecify;
    requires tools.jackson.databind;

    exports dev.thalweg.model;
    exports dev.thalweg.error;
    exports dev.thalweg.core.catalog to
            dev.thalweg,
            dev.thalweg.gateway;
    exports dev.thalweg.core.dialect to
            dev.thalweg,
            dev.thalweg.gateway;
    exports dev.thalweg.core.dialect.openai to
            dev.thalweg,
            dev.thalweg.gateway;
    exports dev.thalweg.core.error to
            dev.thalweg,
            dev.thalweg.gateway;
    exports dev.thalweg.core.route to
            dev.thalweg,
            dev.thalweg.gateway;
    exports dev.thalweg.core.stream to
            dev.thalweg,
            dev.thalweg.gateway;
    exports dev.thalweg.core.wire to
            dev.thalweg,
            dev.thalweg.gateway;
}
