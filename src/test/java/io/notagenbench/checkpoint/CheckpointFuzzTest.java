package io.notagenbench.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.fault.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;

/** Whatever is wrong with a file, it is read or refused: no other exception leaves the reader. */
class CheckpointFuzzTest {

    private static final Path REFERENCE = Path.of("src/test/resources/reference");

    private static byte[] pickle(String file) throws IOException {
        byte[] content = Files.readAllBytes(REFERENCE.resolve(file));
        try (CheckpointArchive archive = CheckpointArchive.open(file, new SeekableInMemoryByteChannel(content))) {
            return archive.pickle();
        }
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                // An opcode or argument from elsewhere is more telling than a random byte.
                case 2 -> bytes[at] = bytes[random.nextInt(bytes.length)];
                case 3 -> bytes = Arrays.copyOf(bytes, Math.max(at, 1));
                default -> {
                    int from = random.nextInt(bytes.length);
                    int length = Math.min(random.nextInt(60), bytes.length - from);
                    ByteArrayOutputStream spliced = new ByteArrayOutputStream();
                    spliced.write(bytes, 0, at);
                    spliced.write(bytes, from, length);
                    spliced.write(bytes, at, bytes.length - at);
                    bytes = spliced.toByteArray();
                }
            }
        }
        return bytes;
    }

    @Test
    void anyPickleIsReadOrRefused() throws IOException {
        Random random = new Random(29);
        int refused = 0;
        byte[][] originals = {pickle("micro-fp16.pth"), pickle("micro.pth"), CheckpointFixture.smallest().pickle()};
        for (int i = 0; i < 6000; i++) {
            try {
                if (CheckpointPickle.read(mutated(originals[i % 3], random)) instanceof Map<?, ?> top
                        && top.get("model") instanceof Map<?, ?> model) {
                    StateDict.of("fuzzed", CheckpointPickle.tensors(model));
                }
            } catch (UnsafePickleException | Fault e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(3000, 5999);
    }

    @Test
    void anyArchiveIsReadOrRefused() throws IOException {
        byte[] original = bytes(CheckpointFixture.smallest().file());
        String text = new String(original, StandardCharsets.ISO_8859_1);
        int directory = text.indexOf("PK\u0001\u0002");
        int headers = text.indexOf("archive/byteorder") - 30;
        Random random = new Random(31);
        int refused = 0;
        for (int i = 0; i < 1500; i++) {
            byte[] broken = original.clone();
            for (int change = random.nextInt(3); change >= 0; change--) {
                int at = switch (random.nextInt(4)) {
                    case 0 -> random.nextInt(headers + 200);
                    case 1 -> original.length - 1 - random.nextInt(98);
                    default -> directory + random.nextInt(original.length - directory);
                };
                broken[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : 0xff);
            }
            try (Weights weights = PthCheckpoint.open("fuzzed.pth", new SeekableInMemoryByteChannel(broken))) {
                for (TensorSpec spec : TensorSpec.all(weights.config())) {
                    weights.read(spec, FloatBuffer.allocate((int) spec.elements()));
                }
            } catch (Fault e) {
                assertThat(e.getMessage()).startsWith("fuzzed.pth ").matches("[ -~]+");
                refused++;
            }
        }
        assertThat(refused).isBetween(300, 1499);
    }

    private static byte[] bytes(SparseFile file) {
        ByteBuffer all = ByteBuffer.allocate((int) file.size());
        file.position(0);
        while (all.hasRemaining()) {
            file.read(all);
        }
        return all.array();
    }
}
