/** AWS Bedrock's Converse, towards Bedrock and towards callers that speak it. */
@NullMarked
package dev.thalweg.core.dialect.bedrock;

import org.jspecify.annotations.NullMarked;
