package dev.thalweg.types.anthropic;

import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import org.jspecify.annotations.Nullable;

/**
 * Where a piece of text is from. The type says which of the places it has: {@code char_location}, {@code page_location},
 * {@code content_block_location}, {@code web_search_result_location}, {@code search_result_location}.
 *
 * @param encryptedIndex of a web page, to be sent back as it came
 */
public record AnthropicCitation(
        String type,
        @Nullable String citedText,
        @Nullable String title,
        @Nullable String url,
        @Nullable String encryptedIndex,
        @Nullable Integer documentIndex,
        @Nullable String documentTitle,
        @Nullable Integer startCharIndex,
        @Nullable Integer endCharIndex,
        @Nullable Integer startPageNumber,
        @Nullable Integer endPageNumber,
        @Nullable Integer startBlockIndex,
        @Nullable Integer endBlockIndex,
        Extra extra)
        implements WireRecord {}
