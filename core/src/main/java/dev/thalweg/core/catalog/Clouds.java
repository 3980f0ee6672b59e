package dev.thalweg.core.catalog;

import static dev.thalweg.core.catalog.ProviderRow.plain;
import static dev.thalweg.core.catalog.ProviderRow.row;

import dev.thalweg.core.catalog.Provider.AuthScheme;
import dev.thalweg.core.catalog.Provider.Quirk;
import dev.thalweg.core.catalog.Provider.TokenField;
import java.util.List;
import java.util.stream.Stream;

/** Rows of clouds, where every account has a place of its own. */
final class Clouds {
    static final List<Provider> ALL = Stream.of(
                    row("azure", null, "AZURE_API_KEY", "AZURE_OPENAI_API_KEY")
                            .bases("AZURE_API_BASE", "AZURE_OPENAI_ENDPOINT")
                            .auth(AuthScheme.API_KEY_HEADER)
                            .tokens(TokenField.MAX_COMPLETION_TOKENS_FOR_REASONING)
                            .quirks(Quirk.AZURE_PATHS)
                            .speaks("openai", "responses")
                            .listsNoModels(),
                    vertex("vertex_ai", "google").aliases("vertex_ai_beta").speaks("gemini"),
                    vertex("vertex_anthropic", "anthropic").speaks("anthropic").quirks(Quirk.VERTEX_RAW_PREDICT),
                    aws("bedrock").aliases("bedrock_converse").speaks("bedrock"),
                    aws("bedrock_invoke")
                            .tokens(TokenField.MAX_TOKENS)
                            .speaks("anthropic")
                            .quirks(Quirk.BEDROCK_INVOKE),
                    row("azure_ai", "https://{azure_ai_resource}.services.ai.azure.com/openai/v1", "AZURE_AI_API_KEY")
                            .parameter("azure_ai_resource", "AZURE_AI_RESOURCE")
                            .auth(AuthScheme.API_KEY_HEADER)
                            .tokens(TokenField.MAX_COMPLETION_TOKENS_FOR_REASONING),
                    plain(
                                    "cloudflare",
                                    "https://api.cloudflare.com/client/v4/accounts/{cloudflare_account_id}/ai/v1",
                                    "CLOUDFLARE_API_KEY",
                                    "CLOUDFLARE_API_TOKEN")
                            .parameter("cloudflare_account_id", "CLOUDFLARE_ACCOUNT_ID")
                            .listsNoModels(),
                    plain(
                                    "databricks",
                                    "https://{databricks_host}/serving-endpoints",
                                    "DATABRICKS_API_KEY",
                                    "DATABRICKS_TOKEN")
                            .parameter("databricks_host", "DATABRICKS_HOST")
                            .listsNoModels(),
                    row(
                                    "snowflake",
                                    "https://{snowflake_account_id}.snowflakecomputing.com/api/v2/cortex/v1",
                                    "SNOWFLAKE_JWT",
                                    "SNOWFLAKE_PAT")
                            .parameter("snowflake_account_id", "SNOWFLAKE_ACCOUNT_ID", "SNOWFLAKE_ACCOUNT")
                            .listsNoModels(),
                    row("github", "https://models.github.ai/inference", "GITHUB_API_KEY")
                            .listsNoModels(),
                    plain("heroku", null, "HEROKU_API_KEY", "INFERENCE_KEY").bases("HEROKU_API_BASE", "INFERENCE_URL"))
            .map(ProviderRow::build)
            .toList();

    private Clouds() {}

    private static ProviderRow vertex(String name, String publisher) {
        return plain(
                        name,
                        "https://{vertex_location}-aiplatform.googleapis.com/v1/projects/{vertex_project}"
                                + "/locations/{vertex_location}/publishers/" + publisher,
                        "VERTEXAI_ACCESS_TOKEN")
                .bases()
                .parameter("vertex_project", "VERTEXAI_PROJECT", "GOOGLE_CLOUD_PROJECT")
                .parameterOr("us-central1", "vertex_location", "VERTEXAI_LOCATION", "GOOGLE_CLOUD_LOCATION")
                .parameter(Provider.GOOGLE_CREDENTIALS, "GOOGLE_APPLICATION_CREDENTIALS")
                .listsNoModels();
    }

    private static ProviderRow aws(String name) {
        return row(name, "https://bedrock-runtime.{aws_region_name}.amazonaws.com", "AWS_BEARER_TOKEN_BEDROCK")
                .bases("AWS_BEDROCK_RUNTIME_ENDPOINT")
                .auth(AuthScheme.AWS)
                .parameter("aws_region_name", "AWS_REGION_NAME", "AWS_REGION", "AWS_DEFAULT_REGION")
                .parameter("aws_access_key_id", "AWS_ACCESS_KEY_ID")
                .parameter("aws_secret_access_key", "AWS_SECRET_ACCESS_KEY")
                .parameter("aws_session_token", "AWS_SESSION_TOKEN")
                .parameter("aws_profile_name", "AWS_PROFILE")
                .listsNoModels();
    }
}
