package io.notagenbench.checkpoint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that people take for the checkpoint: each is told what it is. */
class FileFormatTest {

    private static void assertRefused(SparseFile file, String... words) {
        assertThatThrownBy(() -> Checkpoint.open("given.pth", file)).isInstanceOf(Fault.class).message()
                .startsWith("given.pth ").matches("[ -~]{20,400}").contains(words);
    }

    private static void assertRefused(byte[] content, String... words) throws IOException {
        assertThatThrownBy(() -> Checkpoint.open("given.pth", new SeekableInMemoryByteChannel(content)))
                .isInstanceOf(Fault.class).message().startsWith("given.pth ").matches("[ -~]{20,400}").contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "47475546030000000000, GGUF file of llama.cpp",
        "894844460d0a1a0a0000, HDF5",
        "934e554d505901007600, array of NumPy",
        "1f8b0800000000000003, gzip",
        "425a68393141592653, bzip2",
        "fd377a585a000004e6d6, xz",
        "28b52ffd2404110000, zstd",
        "377abcaf271c0004, 7z",
        "526172211a0701, rar",
        "080712077079746f726368, ONNX model",
        "0a0b0c0d0e, neither a zip archive",
        "80027d71002e, bare pickle",
        "8004950400000000000000, bare pickle",
        "80028a0a6cfc9c46f9206aa850192e, PyTorch before 1.6",
        "800495500000000000008a0a6cfc9c46f9206aa850192e, PyTorch before 1.6",
        "00000000000000000000, has not finished",
    })
    void knowsFilesByTheirFirstBytes(String head, String words) throws IOException {
        assertRefused(HexFormat.of().parseHex(head), words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "version https://git-lfs.github.com/spec/v1 | git lfs pull",
        "<!DOCTYPE html><html> | web page",
        "<html lang='en'> | web page",
        "<?xml version='1.0'?><Error><Code>AccessDenied</Code> | web page",
        "{\"metadata\": {\"total_size\": 1}, \"weight_map\": {}} | index of a model in several files",
        "{\"error\": \"Repository not found\"} | begins with '{\"error\": \"Repository not foun'",
        "Entry not found | it begins with 'Entry not found'",
        "Zugriff verweigert für | is a text",
    })
    void knowsTextsByWhatTheySay(String text, String words) throws IOException {
        assertRefused(text.getBytes(StandardCharsets.UTF_8), words);
        assertRefused(("\ufeff \r\n" + text).getBytes(StandardCharsets.UTF_8), text.startsWith("version") ? "text" : words);
    }

    @Test
    void knowsTarByItsMiddle() throws IOException {
        byte[] tar = new byte[1024];
        Arrays.fill(tar, 0, 100, (byte) 'x');
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
        assertRefused(tar, "tar archive");
    }

    @Test
    void knowsOtherZipArchivesByTheirMembers() {
        byte[] some = {1, 2, 3};
        assertRefused(zip("notes.txt", "run/weights/Best.PTH"), "'run/weights/Best.PTH' in it", "unpack it");
        assertRefused(zip("a.npy", "b.npy", "c.npy", "d.npy"), "without a member */data.pkl", "'a.npy', 'b.npy', 'c.npy' and 1 more");
        assertRefused(zip("x/archive_format", "x/models/model.json", "x/data/sample_inputs/model.pt"), "torch.export");
        assertRefused(zip("x/version", "x/.data/serialization_id"), "did not finish");
        assertRefused(new TorchZip().finish(), "it is empty");
        assertRefused(new TorchZip().member("x/data.pkl", some).member("x/constants.pkl", some).finish(), "TorchScript",
                "torch.jit.load(path).state_dict()");
        assertRefused(new TorchZip().member("x/data.pkl", some).member("x/code/__torch__.py", some).finish(), "TorchScript");
    }

    private static SparseFile zip(String... members) {
        TorchZip zip = new TorchZip();
        for (String member : members) {
            zip.member(member, new byte[] {1});
        }
        return zip.finish();
    }
}
