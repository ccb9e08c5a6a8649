package org.guiling.evidence.format;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the uploads of evidence and of their store.
 *
 * @param store where the content is kept
 * @param directory folder of the store {@link Store#FOLDER}, and of uploads on their way with either store
 * @param types what may be uploaded
 * @param largestFile of one file
 * @param largestUpload of one request with all its files
 * @param mostFiles in one request
 * @param mostFilesOfItem with all versions, and with those that were withdrawn
 * @param grace how long content that nothing names is kept: longer than any upload takes
 * @param sweepAtMost number of contents that one sweep removes at most, and that it asks the store for
 * @param hashDays number of nights in which every content is read and hashed once
 * @param s3 where {@link Store#S3} is; null with the folder
 */
@Validated
@ConfigurationProperties("guiling.evidence")
public record EvidenceProperties(
        @NotNull @DefaultValue("FOLDER") Store store,
        @NotNull @DefaultValue("data/evidence") Path directory,

        @NotEmpty @DefaultValue({"JPG", "PNG", "WEBP", "HEIC", "PDF", "OFD", "DOCX", "XLSX", "DOC", "XLS", "MP4"})
        Set<FileType> types,

        @NotNull @DefaultValue("200MB") DataSize largestFile,
        @NotNull @DefaultValue("210MB") DataSize largestUpload,
        @Min(1) @Max(100) @DefaultValue("20") int mostFiles,
        @Min(1) @Max(2000) @DefaultValue("500") int mostFilesOfItem,
        @NotNull @Valid @DefaultValue Thumbnail thumbnail,
        @NotNull @DefaultValue("PT24H") Duration grace,
        @Min(1) @DefaultValue("500") int sweepAtMost,
        @Min(1) @Max(366) @DefaultValue("30") int hashDays,
        @Valid S3 s3) {

    /** The kinds of stores. */
    public enum Store {
        FOLDER,
        S3
    }

    /**
     * The small pictures of images.
     *
     * @param edge the longer side, in pixels
     * @param mostPixels of an image that is decoded for one; what claims more is never decoded
     * @param mostScans of a JPEG; each is work for all of its pixels
     * @param time for one image, from reading it to the small picture
     * @param atOnce how many images are decoded at once; a progressive JPEG needs six bytes for each of its pixels
     * @param queue how many wait for that; whoever comes then is asked to come again
     */
    public record Thumbnail(
            @Min(32) @Max(1024) @DefaultValue("320") int edge,
            @Min(1) @DefaultValue("50000000") long mostPixels,
            @Min(1) @DefaultValue("32") int mostScans,
            @NotNull @DefaultValue("PT10S") Duration time,
            @Min(1) @Max(16) @DefaultValue("2") int atOnce,
            @Min(1) @Max(1000) @DefaultValue("20") int queue) {}

    /**
     * An S3-compatible store.
     *
     * @param endpoint null for Amazon's own
     * @param prefix before every key, so that a bucket may be shared; may be empty
     * @param accessKey null, like secretKey, to look where Amazon's tools look
     * @param pathStyle whether the bucket stands in the path, as most servers of one's own want it
     */
    public record S3(
            URI endpoint,
            @NotNull @DefaultValue("us-east-1") String region,
            @NotEmpty String bucket,
            @NotNull @DefaultValue("evidence/") String prefix,
            String accessKey,
            String secretKey,
            @DefaultValue("true") boolean pathStyle) {

        @Override
        public String toString() {
            return "S3[endpoint=" + endpoint + ", bucket=" + bucket + ", prefix=" + prefix + "]";
        }
    }

    /** The folder in which uploads wait until they are stored; files older than the grace time are removed from it. */
    public Path incoming() {
        return directory.resolve("incoming").toAbsolutePath();
    }
}
