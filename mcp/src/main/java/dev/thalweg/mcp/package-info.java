/** Tools of MCP servers: {@link dev.thalweg.mcp.McpTools} connects to one and offers its tools to models. */
@NullMarked
package dev.thalweg.mcp;

import org.jspecify.annotations.NullMarked;
