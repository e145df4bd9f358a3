package io.notagenbench.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.fault.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;

/** Whatever is wrong with a file, it is read or refused: no other exception leaves the reader. */
class CheckpointFuzzTest {

    private static final Path REFERENCE = Path.of("src/test/resources/reference");

    private static byte[] pickle(String file) throws IOException {
        byte[] content = Files.readAllBytes(REFERENCE.resolve(file));
        try (CheckpointArchive archive = CheckpointArchive.open(new FileBytes(file, new SeekableInMemoryByteChannel(content)))) {
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

    /** As people save it, with objects of all kinds around the model, in each protocol. */
    private static byte[] crowded(int protocol) {
        return CheckpointFixture.smallest().protocol(protocol).names(name -> "module._orig_mod." + name)
                .tensor((p, tensor) -> p.call("torch._utils", "_rebuild_parameter", arguments -> arguments
                        .tensor(tensor, "FloatStorage").op(0x88).call("collections", "OrderedDict", none -> { })))
                .top((p, stateDict) -> {
                    p.object("argparse", "Namespace", fields -> fields.text("lr").op('G').raw(new byte[8]).text("ids")
                            .op(0x8f).mark().op('K').op(3).text("x").op(0x90));
                    p.dict().mark().text("loss").call("numpy.core.multiarray", "scalar", arguments -> arguments
                            .call("numpy", "dtype", type -> type.text("f8").op(0x89).op(0x88)).op('C').op(3).raw(new byte[3]));
                    p.text("size").call("torch", "Size", arguments -> arguments.numbers(List.of(3L, 4L)));
                    p.text("mode").call("__main__", "Mode", arguments -> arguments.op('K').op(1)).text("net");
                    stateDict.run();
                    p.op('u').op(0x86);
                }).pickle();
    }

    @Test
    void anyPickleIsReadOrRefused() throws IOException {
        Random random = new Random(29);
        int refused = 0;
        byte[][] originals = {pickle("micro-fp16.pth"), pickle("micro.pth"), CheckpointFixture.smallest().pickle(),
            crowded(2), crowded(3), crowded(4), crowded(5)};
        for (byte[] original : originals) {
            read(original);
        }
        int count = 7000;
        for (int i = 0; i < count; i++) {
            try {
                read(mutated(originals[i % originals.length], random));
            } catch (UnsafePickleException | Fault e) {
                assertThat(e.getMessage()).matches("[ -~]+");
                refused++;
            }
        }
        assertThat(refused).isBetween(count / 3, count - 1);
    }

    private static void read(byte[] pickle) {
        ModelSearch.Found found = ModelSearch.in("fuzzed", CheckpointPickle.read(pickle));
        StateDict.of("fuzzed", found.tensors(), found.others());
    }

    @Test
    void anySafetensorsFileIsReadOrRefused() throws IOException {
        Random random = new Random(37);
        int refused = 0;
        byte[] original;
        try (Weights weights = new SyntheticWeights("some", CheckpointFixture.SMALLEST)) {
            original = bytes(SafetensorsFixture.of(weights).file());
        }
        int header = (int) ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN).getLong();
        int count = 3000;
        for (int i = 0; i < count; i++) {
            byte[] head = mutated(Arrays.copyOf(original, Long.BYTES + header), random);
            byte[] broken = Arrays.copyOf(head, head.length + original.length - Long.BYTES - header);
            System.arraycopy(original, Long.BYTES + header, broken, head.length, broken.length - head.length);
            if (random.nextBoolean()) {
                // As long as the header has become, so that what is in it is looked at.
                ByteBuffer.wrap(broken).order(ByteOrder.LITTLE_ENDIAN).putLong(head.length - Long.BYTES);
            }
            refused += isRefused(broken) ? 1 : 0;
        }
        assertThat(refused).isBetween(count / 3, count - 1);
    }

    private static boolean isRefused(byte[] content) throws IOException {
        try (Weights weights = Checkpoint.open("fuzzed.pth", new SeekableInMemoryByteChannel(content))) {
            for (TensorSpec spec : TensorSpec.all(weights.config())) {
                weights.read(spec, FloatBuffer.allocate((int) spec.elements()));
            }
            return false;
        } catch (Fault e) {
            assertThat(e.getMessage()).startsWith("fuzzed.pth ").matches("[ -~]+").hasSizeLessThan(600);
            return true;
        }
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
            refused += isRefused(broken) ? 1 : 0;
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
