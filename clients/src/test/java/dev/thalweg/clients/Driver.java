package dev.thalweg.clients;

import tools.jackson.databind.JsonNode;

/**
 * One of the clients, ready to be called. It makes a client object of the library for each call and closes it
 * afterwards.
 */
interface Driver {
    /** The library and what runs it, with their versions. */
    String version();

    /** Does this call and tells what the library gave back: {@code completion}, {@code chunks}, {@code error}, ... */
    JsonNode call(Call call);
}
