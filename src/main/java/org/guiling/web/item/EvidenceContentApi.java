package org.guiling.web.item;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.guiling.evidence.EvidenceFiles;
import org.guiling.evidence.content.BusyException;
import org.guiling.evidence.content.EvidenceVersion;
import org.guiling.evidence.format.FileType;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.web.support.Downloads;
import org.guiling.web.support.PortalProperties;
import org.guiling.web.support.Problems;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/** Serves the content of the files that show what was done at an item, so that a browser runs nothing of it. */
@RestController
@RequestMapping("/api/items/{itemNo}/evidence/{id}")
@Tag(name = "evidence", description = "Files that show what was done (佐证材料)")
class EvidenceContentApi {

    /** Content security policy for files opened in one of our windows: no scripts, no forms, no addresses of ours. */
    private static final String SANDBOX =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; sandbox";

    /** Chromium opens no PDF under {@code sandbox}; its viewer runs in a process and an origin of its own. */
    private static final String PDF_ALONE =
            "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final EvidenceFiles evidence;
    private final PortalProperties portal;
    private final Problems problems;
    private final Texts texts;

    EvidenceContentApi(EvidenceFiles evidence, PortalProperties portal, Problems problems, Texts texts) {
        this.evidence = evidence;
        this.portal = portal;
        this.problems = problems;
        this.texts = texts;
    }

    @GetMapping
    @Operation(
            operationId = "evidenceContent",
            summary = "The content of a file; of its current version, or of the one that is named",
            description = "Of pictures and films without where they were taken: sha256 is that of the original.")
    ResponseEntity<InputStreamResource> content(
            @PathVariable String itemNo,
            @PathVariable long id,
            @RequestParam(required = false) Integer version,
            WebRequest request) {
        // Nothing is opened for who has it already; the answer has its ETag from here.
        if (request.checkNotModified(tag(evidence.version(itemNo, id, version)))) {
            return null;
        }
        EvidenceFiles.Content content = evidence.open(itemNo, id, version);
        return answer(content, content.version().inline());
    }

    @GetMapping("/original")
    @Operation(
            operationId = "evidenceOriginal",
            summary = "A file as it was uploaded, byte for byte; for those who verify and oversee",
            description = "With where a photo was taken. Who reads it is in the audit trail, each time.")
    ResponseEntity<InputStreamResource> original(
            @PathVariable String itemNo, @PathVariable long id, @RequestParam(required = false) Integer version) {
        return answer(evidence.openOriginal(itemNo, id, version), false);
    }

    /** The ETag of a file. A picture is served without its location, so its hash alone would not do. */
    private static String tag(EvidenceVersion file) {
        return file.sha256() + (file.type().mayTellLocation() ? "-without-location" : "");
    }

    private ResponseEntity<InputStreamResource> answer(EvidenceFiles.Content content, boolean inline) {
        EvidenceVersion file = content.version();
        return headed(inline ? Downloads.inline(file.name()) : Downloads.attachment(file.name()))
                .header("Content-Security-Policy", file.type() == FileType.PDF ? PDF_ALONE : SANDBOX)
                .contentType(MediaType.parseMediaType(file.type().mediaType()))
                .contentLength(file.bytes())
                .body(new InputStreamResource(content.stream()));
    }

    @GetMapping("/thumbnail")
    @Operation(
            operationId = "evidenceThumbnail",
            summary = "A small picture of an image, as JPEG; 404 where there is none, 503 while too many are made")
    ResponseEntity<InputStreamResource> thumbnail(
            @PathVariable String itemNo, @PathVariable long id, @RequestParam(required = false) Integer version) {
        EvidenceFiles.Content content = evidence.openThumbnail(itemNo, id, version)
                .orElseThrow(() -> RefusedException.notFound("refusal.evidence.no-thumbnail"));
        return headed(Downloads.inline(content.version().name() + ".thumbnail.jpg"))
                .header("Content-Security-Policy", SANDBOX)
                .contentType(MediaType.IMAGE_JPEG)
                .body(new InputStreamResource(content.stream()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> busy(BusyException e) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, Long.toString(e.later().toSeconds()))
                .body(problems.of(HttpStatus.SERVICE_UNAVAILABLE, texts.get("refusal.evidence.busy"), List.of()));
    }

    /** Nobody but the reader's own browser keeps it, and that asks each time whether they may still. */
    private ResponseEntity.BodyBuilder headed(String disposition) {
        return ResponseEntity.ok()
                .cacheControl(portal.keptInBrowser() ? CacheControl.noCache().cachePrivate() : CacheControl.noStore())
                .header("X-Content-Type-Options", "nosniff")
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition);
    }
}
