package dev.thalweg.config;

import java.util.Set;

/**
 * Keys that LiteLLM reads in an entry of {@code model_list} and that have no effect here. Names only, from its documented
 * settings and its typed configuration up to version 1.101 (September 2026).
 */
final class LiteLlmModelKeys {
    /** Keys of an entry itself. */
    static final Set<String> ENTRY = words("""
            blocked""");

    /** Keys of {@code litellm_params}. */
    static final Set<String> PARAMS = words("""
            acompletion adaptive_router_config adaptive_router_default_model additional_drop_params
            aimg_generation allow_client_keepalive_override allowed_model_region allowed_openai_params
            arize_api_key arize_space_id arize_space_key assistant_continue_message atext_completion
            auto_router_config auto_router_config_path auto_router_default_model auto_router_embedding_model
            auto_router_max_input_chars auto_router_model_compression auto_router_routing_compression
            aws_batch_role_arn aws_bedrock_project_id aws_external_id aws_role_name aws_session_name
            aws_session_tags aws_sts_endpoint aws_web_identity_token azure
            azure_ad_token azure_ad_token_provider azure_password azure_scope azure_username
            bedrock_tags bos_token bucket_name budget_duration cache cache_control_injection_points cache_key
            caching caching_groups call_id client client_id client_secret complete_response
            complexity_router_config complexity_router_default_model configurable_clientside_auth_params
            context_window_fallback_dict cooldown_time custom_prompt_dict default_api_key_rpm_limit
            default_api_key_tpm_limit disable_add_transform_inline_image_block drop_params embedding_model
            enable_json_schema_validation ensure_alternating_roles eos_token fallback_depth fallbacks
            fastest_response final_prompt_value force_timeout gcs_bucket_name gcs_path_service_account
            guardrails headers hf_model_name humanloop_api_key id index_name initial_prompt_value itpm
            keepalive_seconds knowledge_bases langfuse_host langfuse_prompt_version langfuse_public_key
            langfuse_secret langfuse_secret_key langsmith_api_key langsmith_base_url langsmith_project
            langsmith_sampling_rate langsmith_tenant_id litellm_call_id litellm_credential_name
            litellm_disabled_callbacks litellm_logging_obj litellm_metadata litellm_proxy_rate_limit_response
            litellm_request_debug litellm_session_id litellm_system_prompt litellm_trace_id logger_fn max_budget
            max_fallbacks max_file_size_mb merge_reasoning_content_in_choices messages metadata milvus_db_name
            milvus_partition_names milvus_text_field mock_timeout model_config model_file_id_mapping model_info
            model_list no-log otpm posthog_api_key posthog_api_url preset_cache_key prompt_id prompt_label
            prompt_variables prompt_version provider_affinity_header provider_specific_header
            proxy_server_request quality_router_config quality_router_default_model retry_policy retry_strategy
            roles rust s3_access_key_id s3_bucket_name s3_bucket_owner s3_encryption_key_id s3_endpoint_url
            s3_output_bucket_name s3_region_name s3_secret_access_key search_context_cost_per_query
            search_tool_name secret_fields shared_session ssl_verify stream stream_idle_timeout stream_options
            supports_system_message tag_regex tenant_id text_completion tiered_pricing ttft_timeout ttl
            turn_off_message_logging use_chat_completions_api use_client use_in_pass_through use_litellm_proxy
            use_xai_oauth user_continue_message valkey_embedding_field valkey_host valkey_password valkey_port
            valkey_ssl valkey_text_field vector_bucket_name vector_store_id vector_store_ids verbose
            wandb_api_key watsonx_region_name weave_project_id""");

    /** Keys of {@code model_info}. */
    static final Set<String> MODEL_INFO = words("""
            access_groups access_windows allow_fail_open blocked cost_per_ptu_per_hour created_at
            created_by custom_tokenizer db_model deprecation_date direct_access disable_background_health_check
            discoverable enable_tag_filtering health_check_interval health_check_max_tokens health_check_model
            health_check_timeout health_check_voice internal_router_model key litellm_provider max_input_tokens
            max_output_tokens max_query_tokens max_tokens member_auto_router metadata mode output_vector_size
            ptu_count ptu_effective_from ptu_effective_to search_context_cost_per_query source
            supported_audio_formats supported_endpoints supported_environments supported_modalities
            supported_openai_params supported_output_modalities supported_regions team_id team_public_model_name
            tier tiered_pricing tool_use_system_prompt_tokens updated_at updated_by""");

    /** Parameters of a request, known so that a slip in one is seen and one of them is not taken for a slip. */
    static final Set<String> REQUEST = words("""
            add_generation_prompt add_special_tokens audio best_of cache_prompt chat_template
            chat_template_kwargs citation_options compound_custom context_length_exceeded_behavior
            continue_final_message deferred disable_tool_validation documents dynatemp_range early_stopping echo
            enable_thinking format frequency_penalty function_call functions grammar guided_choice
            guided_decoding_backend guided_grammar guided_json guided_regex guided_whitespace_pattern id_slot
            ignore_eos include_reasoning include_stop_str_in_output json_schema keep_alive length_penalty
            logit_bias logprobs max_completion_tokens max_output_tokens max_tokens min_p min_tokens mirostat
            mirostat_eta mirostat_tau modalities models n n_keep n_predict n_probs num_ctx num_gpu num_predict
            num_thread options parallel_tool_calls partial perf_metrics_in_response plugins prediction prefix
            presence_penalty priority prompt_cache_key prompt_cache_retention prompt_logprobs prompt_mode
            prompt_truncate_len provider random_seed raw_output reasoning reasoning_effort reasoning_format
            repeat_last_n repeat_penalty repetition_penalty request_id response_format return_citations
            return_images return_related_questions return_token_ids route safe_mode safe_prompt
            safety_identifier safety_model samplers search_domain_filter search_mode search_parameters
            search_recency_filter seed service_tier skip_special_tokens spaces_between_special_tokens stop
            stop_token_ids store structured_outputs suffix temperature tfs_z think thinking thinking_budget
            thinking_config tool_choice tools top_a top_k top_logprobs top_p transforms translation_options
            truncate_prompt_tokens typical_p usage use_beam_search user verbosity web_search web_search_options""");

    private LiteLlmModelKeys() {}

    /** Families of names: abilities, and prices that are none of {@link PriceKey}'s, which differ from model to model. */
    static boolean isPriceOrAbility(String key) {
        return key.contains("_cost_per_")
                || key.contains("_input_token_cost")
                || key.startsWith("supports_")
                || key.startsWith("health_check_");
    }

    private static Set<String> words(String text) {
        return Set.of(text.split("\\s+", -1));
    }
}
