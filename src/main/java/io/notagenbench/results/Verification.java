package io.notagenbench.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code verify} found for one model on one device: the honesty numbers of every arm. In a results folder it is
 * {@code verify*.json}.
 *
 * @param model       as {@code -p model=} names it
 * @param hash        SHA-256 of it
 * @param device      where it ran
 * @param provider    as {@code -p provider=} has it; null in older files
 * @param threads     as {@code -p threads=} has them; null in older files
 * @param seed        of the texts
 * @param patchLength their window
 * @param patches     their budget; 0 where there is none
 * @param context     patches of the given context that errors and losses are taken over
 * @param arms        one for each backend, decoding and precision
 */
public record Verification(String model, String hash, String device, String provider, String threads, long seed, int patchLength,
        int patches, int context, List<Arm> arms) {

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY);

    /**
     * One way to compute the model.
     *
     * @param hiddenError largest error of a hidden state against double precision
     * @param logitError  largest error of a logit against it
     * @param divergence  mean Kullback-Leibler divergence of a character's distribution from it, in nats
     * @param agreement   share of the characters whose most probable one is the same
     * @param sameText    whether it wrote the text that fp32 writes
     * @param difference  the first draw that differs, in words; empty where none does
     * @param seconds     to write its text
     * @param passes      whether all this is within what the precision may lose
     */
    public record Arm(String backend, String decoding, String precision, double hiddenError, double logitError,
            double divergence, double agreement, boolean sameText, String difference, double seconds, boolean passes) {
    }

    public Verification {
        arms = List.copyOf(arms);
    }

    /** Writes what was found for some models, or with some numbers of threads. */
    public static void write(List<Verification> found, Path file) {
        try {
            Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(found) + "\n");
        } catch (IOException e) {
            throw Fault.failed(file + " cannot be written: " + Fault.reason(e) + ".", e);
        }
    }

    /** Reads all verifications in a folder of results. */
    public static List<Verification> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Verification> found = new ArrayList<>();
            files.filter(file -> file.getFileName().toString().matches("verify.*\\.json")).sorted()
                    .forEach(file -> found.addAll(read(file)));
            return found;
        } catch (IOException e) {
            throw Fault.failed(folder + " cannot be read: " + Fault.reason(e) + ".", e);
        }
    }

    /** Files of older versions contain a single object instead of an array. */
    private static List<Verification> read(Path file) {
        try {
            return List.of(JSON.readValue(Files.readAllBytes(file), Verification[].class));
        } catch (JsonProcessingException e) {
            throw Fault.failed(file + " is not what verify --json writes: " + e.getOriginalMessage() + ".", e);
        } catch (IOException e) {
            throw Fault.failed(file + " cannot be read: " + Fault.reason(e) + ".", e);
        }
    }
}
