package io.github.ownproof.s3;

/** What kind of S3 resource a string in the place of a bucket names; told from its form alone. */
enum S3Resource {
  BUCKET("a bucket"),
  ACCESS_POINT_ARN("an access point's ARN"),
  ACCESS_POINT_ALIAS("an access point's alias"),
  OBJECT_LAMBDA_ARN("an Object Lambda access point's ARN"),
  OBJECT_LAMBDA_ALIAS("an Object Lambda access point's alias"),
  MULTI_REGION_ARN("a Multi-Region Access Point's ARN"),
  MULTI_REGION_ALIAS("a Multi-Region Access Point's alias"),
  OUTPOSTS_ARN("an S3 on Outposts ARN"),
  OUTPOSTS_ALIAS("an S3 on Outposts access point's alias"),
  DIRECTORY_BUCKET("a directory bucket"),
  DIRECTORY_ACCESS_POINT("an access point of a directory bucket"),
  TABLE_BUCKET("a table bucket"),
  OTHER_ARN("an ARN");

  private final String description;

  S3Resource(String description) {
    this.description = description;
  }

  String description() {
    return description;
  }

  static S3Resource of(String written) {
    if (written.regionMatches(true, 0, "arn:", 0, 4)) {
      return ofArn(written.split(":", 6));
    }
    if (written.endsWith("-s3alias")) {
      return ACCESS_POINT_ALIAS;
    }
    if (written.endsWith("--ol-s3")) {
      return OBJECT_LAMBDA_ALIAS;
    }
    if (written.endsWith(".mrap")) {
      return MULTI_REGION_ALIAS;
    }
    if (written.endsWith("--x-s3")) {
      return DIRECTORY_BUCKET;
    }
    if (written.endsWith("--xa-s3")) {
      return DIRECTORY_ACCESS_POINT;
    }
    if (written.endsWith("--op-s3")) {
      return OUTPOSTS_ALIAS;
    }
    return written.endsWith("--table-s3") ? TABLE_BUCKET : BUCKET;
  }

  private static S3Resource ofArn(String[] arn) {
    if (arn.length < 6) {
      return OTHER_ARN;
    }
    String resource = arn[5];
    boolean accessPoint =
        resource.startsWith("accesspoint/") || resource.startsWith("accesspoint:");
    return switch (arn[2]) {
      case "s3" ->
          !accessPoint
              ? OTHER_ARN
              : resource.endsWith(".mrap") && arn[3].isEmpty()
                  ? MULTI_REGION_ARN
                  : ACCESS_POINT_ARN;
      case "s3-object-lambda" -> accessPoint ? OBJECT_LAMBDA_ARN : OTHER_ARN;
      case "s3-outposts" -> OUTPOSTS_ARN;
      default -> OTHER_ARN;
    };
  }
}
