package io.notagenbench.service;

import java.util.OptionalInt;

/** Why a request gets no text, as the HTTP status and the sentence that tell its client. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;
    private static final int TOO_MANY = 429;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;
    private static final int TOO_LATE = 504;
    private static final int SOON = 5;
    /** A client may send a long text, but does not get all of it back. */
    private static final int LONGEST_SENTENCE = 1_000;

    private final int status;
    private final String param;
    private final String code;
    private final Integer retryAfter;

    private Refusal(int status, String code, String param, String sentence, Integer retryAfter) {
        super(sentence.length() <= LONGEST_SENTENCE ? sentence : sentence.substring(0, LONGEST_SENTENCE) + "...", null, false, false);
        this.status = status;
        this.param = param;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** @param param the field that is wrong; null where it is the request as a whole */
    static Refusal bad(String param, String sentence) {
        return new Refusal(BAD_REQUEST, "invalid_value", param, sentence, null);
    }

    static Refusal of(int status, String code, String sentence) {
        return new Refusal(status, code, null, sentence, null);
    }

    static Refusal noModel(String sentence) {
        return new Refusal(NOT_FOUND, "model_not_found", "model", sentence, null);
    }

    static Refusal tooLarge(int most) {
        return new Refusal(TOO_LARGE, "body_too_large", null, "The body is longer than " + most + " bytes.", null);
    }

    static Refusal full(int waiting, int retryAfter) {
        return new Refusal(TOO_MANY, "queue_full", null, "The queue is full: " + waiting + " requests wait already. Try again in "
                + retryAfter + " s.", retryAfter);
    }

    static Refusal failed(String sentence) {
        return new Refusal(FAILED, "engine_failed", null, sentence, null);
    }

    static Refusal unavailable(String sentence) {
        return new Refusal(UNAVAILABLE, "not_ready", null, sentence, SOON);
    }

    static Refusal tooLate(String sentence) {
        return new Refusal(TOO_LATE, "deadline", null, sentence, null);
    }

    int status() {
        return status;
    }

    /** The field that is wrong; null where there is none. */
    String param() {
        return param;
    }

    String code() {
        return code;
    }

    /** The kind of error, as OpenAI names it. */
    String type() {
        return status == TOO_MANY ? "rate_limit_error" : status >= FAILED ? "server_error" : "invalid_request_error";
    }

    /** Seconds after which another try makes sense. */
    OptionalInt retryAfter() {
        return retryAfter == null ? OptionalInt.empty() : OptionalInt.of(retryAfter);
    }
}
