package io.notagenbench.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.CardKernels;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of cards is what the jars hold: fat binaries with machine code for each compute capability. */
class MachineCodeTest {

    private static final int MAGIC = 0xBA55ED50;
    private static final int HEADER = 16;
    /** Of an entry of machine code; 1 is PTX. */
    private static final int MACHINE_CODE = 2;
    private static final int CAPABILITY_OFFSET = 28;
    private static final int ENTRY = 32;

    @ParameterizedTest
    @CsvSource({"onnx, /ai/onnxruntime/native/linux-x64/libonnxruntime_providers_cuda.so",
        "pytorch, /pytorch/cu124/linux-x86_64/libtorch_cuda.so"})
    void theTableIsWhatTheLibrariesHold(String backend, String library) throws IOException {
        CardKernels kernels = BackendProvider.of(backend).cardKernels().orElseThrow();
        assertThat(machineCode(library)).containsAll(kernels.machineCode()).allMatch(capability -> kernels.machineCode().contains(capability)
                // libraries of NVIDIA that are linked in have it, and PyTorch's own kernels have not
                || backend.equals("pytorch") && capability.equals(ComputeCapability.of("8.9")));
    }

    /** Without the driver nothing is called: the functions must be there. */
    @Test
    void theJniForCardsEmptiesTheCache() throws IOException {
        try (InputStream in = MachineCodeTest.class.getResourceAsStream("/jnilib/linux-x86_64/cu124/libdjl_torch.so")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .contains("Java_ai_djl_pytorch_jni_PyTorchLibrary_torchCudaEmptyCache");
        }
    }

    private static Set<ComputeCapability> machineCode(String library) throws IOException {
        Set<ComputeCapability> found = new TreeSet<>();
        try (InputStream resource = MachineCodeTest.class.getResourceAsStream(library);
                DataInputStream in = new DataInputStream(new BufferedInputStream(resource, 1 << 20))) {
            while (true) {
                // sections with fat binaries are aligned to 8
                long word = Long.reverseBytes(in.readLong());
                if ((int) word == MAGIC && word >>> 48 == HEADER) {
                    read(in, Long.reverseBytes(in.readLong()), found);
                }
            }
        } catch (EOFException e) {
            return found;
        }
    }

    private static void read(DataInputStream in, long length, Set<ComputeCapability> found) throws IOException {
        for (long left = length; left >= ENTRY;) {
            byte[] bytes = new byte[ENTRY];
            in.readFully(bytes);
            ByteBuffer entry = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            long rest = Integer.toUnsignedLong(entry.getInt(4)) + entry.getLong(8) - ENTRY;
            if (entry.getShort(0) == MACHINE_CODE) {
                int capability = entry.getInt(CAPABILITY_OFFSET);
                found.add(new ComputeCapability(capability / 10, capability % 10));
            }
            in.skipNBytes(rest);
            left -= ENTRY + rest;
        }
    }
}
