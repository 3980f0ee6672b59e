package dev.thalweg.gateway.terminal;

import dev.thalweg.Thalweg;
import java.util.List;
import java.util.function.Supplier;

/**
 * Whom a chat asks.
 *
 * @param client asks
 * @param model the model asked at first
 * @param line says in one line who is asked and why
 * @param keyAdvice says where the key comes from, for a refused one
 * @param models what else can be asked; may take a request, and is empty where that is not known
 */
record Connection(Thalweg client, String model, String line, String keyAdvice, Supplier<List<String>> models) {}
