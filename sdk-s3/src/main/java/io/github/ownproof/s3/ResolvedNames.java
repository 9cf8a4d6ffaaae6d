package io.github.ownproof.s3;

import static io.github.ownproof.core.OwnproofException.quote;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.s3.NameRules.Parts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Names in one execution context. Immutable but for two bounded caches; thread-safe. */
final class ResolvedNames {

  private static final int MOST_KEPT = 4_096;

  private final ExecutionContext context;
  private final BucketNaming naming;
  private final Map<String, PrivateBucket> declaredByName = new HashMap<>();
  private final Map<String, PrivateBucket> declaredByPhysicalName = new HashMap<>();
  private final Set<AccountId> trustedAccounts;
  private final ConcurrentHashMap<String, PrivateBucket> resolved = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, PrivateBucket> physical = new ConcurrentHashMap<>();

  ResolvedNames(
      ExecutionContext context,
      BucketNaming naming,
      List<DeclaredBucket> declared,
      Set<AccountId> trustedAccounts) {
    this.context = context;
    this.naming = naming;
    this.trustedAccounts = trustedAccounts;
    for (DeclaredBucket bucket : declared) {
      PrivateBucket here = bucket.in(context);
      declaredByName.put(bucket.key(), here);
      declaredByPhysicalName.put(bucket.physicalName(), here);
    }
  }

  ExecutionContext context() {
    return context;
  }

  boolean isFor(ExecutionContext other) {
    return context.equals(other);
  }

  /** See {@link PrivateBuckets#resolve}. */
  PrivateBucket resolve(String written) {
    PrivateBucket known = resolved.get(written);
    return known != null ? known : keep(resolved, written, resolveAnew(written));
  }

  /**
   * The bucket of a physical name that may be on the wire: ours in any region, a trusted account's,
   * or a declared one. Wider than {@link #resolve}, which takes names from callers.
   */
  @Nullable PrivateBucket byPhysicalName(String name) {
    PrivateBucket known = physical.get(name);
    if (known != null) {
      return known;
    }
    PrivateBucket bucket = declaredByPhysicalName.get(name);
    if (bucket == null) {
      bucket = NameRules.readPhysical(name).flatMap(parts -> ours(parts, name)).orElse(null);
    }
    return bucket == null ? null : keep(physical, name, bucket);
  }

  /** What to write for a bucket: its private name, or its private id if that would name another. */
  String spelling(PrivateBucket bucket) {
    PrivateBucket named = declaredByName.get(NameRules.lowerCase(bucket.name()));
    boolean byName =
        (named != null && named.equals(bucket))
            || (bucket.owner().equals(context.account())
                && bucket.region().equals(context.region()));
    return byName ? bucket.name() : bucket.arn();
  }

  private PrivateBucket resolveAnew(String written) {
    PrivateBucket declared = declared(written);
    if (declared != null) {
      return declared;
    }
    S3Resource kind = S3Resource.of(written);
    if (kind == S3Resource.OTHER_ARN) {
      return resolveArn(written);
    }
    if (kind != S3Resource.BUCKET) {
      throw undeclared(written, kind);
    }
    return resolveName(written, context);
  }

  private @Nullable PrivateBucket declared(String written) {
    PrivateBucket byPhysicalName = declaredByPhysicalName.get(written);
    if (byPhysicalName != null) {
      return byPhysicalName;
    }
    String lower = NameRules.lowerCase(written);
    PrivateBucket byName = declaredByName.get(lower);
    PrivateBucket meant = declaredByPhysicalName.get(lower);
    if (byName == null && meant != null) {
      throw notLowerCase(written, meant.name(), lower);
    }
    return byName;
  }

  private PrivateBucket resolveArn(String arn) {
    String[] parts = arn.split(":", 6);
    if (parts.length < 6 || !parts[0].equals("arn") || !parts[2].equals("s3")) {
      throw BucketNameException.arn(
          quote(arn)
              + " is not a private id: those look like "
              + context.arn("my-app-assets")
              + ". Write one, or the private name alone.");
    }
    String region = parts[3];
    String account = parts[4];
    String name = parts[5];
    if (region.isEmpty() && account.isEmpty()) {
      throw BucketNameException.arn(
          quote(arn)
              + " is S3's own ARN of a bucket and does not say whose it is. Write the private name"
              + " alone, or its private id with region and account: "
              + context.arn("my-app-assets")
              + ".");
    }
    ExecutionContext home = ExecutionContext.of(account, region);
    if (!home.partition().equals(context.partition()) || !parts[1].equals(context.partition())) {
      throw ForeignBucketException.bucket(
          quote(arn)
              + " is in another partition than this program, which runs in "
              + context.partition()
              + ". No call crosses partitions.");
    }
    PrivateBucket declared = declaredByName.get(NameRules.lowerCase(name));
    if (declared != null
        && declared.owner().equals(home.account())
        && declared.region().equals(region)) {
      return declared;
    }
    if (!home.account().equals(context.account()) && !trustedAccounts.contains(home.account())) {
      throw ForeignBucketException.account(
          quote(arn)
              + " names account "
              + home.account()
              + ", but this program runs for "
              + context.account()
              + " and does not trust that one. If it should, declare it with trustAccount(...) where"
              + " the PrivateBuckets are built; never take the account from input.");
    }
    return resolveName(name, home);
  }

  private PrivateBucket resolveName(String written, ExecutionContext home) {
    Optional<Parts> parts = NameRules.readPhysical(NameRules.lowerCase(written));
    if (parts.isPresent()) {
      return resolvePhysical(written, parts.get(), home);
    }
    String lower = NameRules.checkPrivateName(written, naming, home.region());
    return new PrivateBucket(
        written, naming.physicalName(lower, home.account(), home.region()), home);
  }

  private PrivateBucket resolvePhysical(String written, Parts parts, ExecutionContext home) {
    if (!parts.account().equals(home.account())) {
      throw foreign(written, "account " + parts.account(), home, "");
    }
    if (!parts.suffix().equals(naming.suffix())) {
      throw foreign(
          written,
          "the naming with suffix '" + parts.suffix() + "'",
          home,
          " A bucket of ours that has this name is declared with adopt(...).");
    }
    if (!parts.region().equals(home.region())) {
      ExecutionContext there = ExecutionContext.of(home.account(), parts.region());
      throw foreign(
          written,
          "region " + there.region(),
          home,
          there.partition().equals(home.partition())
              ? " For that region's bucket, write its private id: " + there.arn(parts.name())
              : " No call crosses partitions.");
    }
    String name = NameRules.checkPrivateName(parts.name(), naming, home.region());
    String physicalName = naming.physicalName(name, home.account(), home.region());
    if (!physicalName.equals(written)) {
      throw notLowerCase(written, name, physicalName);
    }
    return new PrivateBucket(name, physicalName, home);
  }

  private Optional<PrivateBucket> ours(Parts parts, String physicalName) {
    boolean owned =
        parts.suffix().equals(naming.suffix())
            && (parts.account().equals(context.account())
                || trustedAccounts.contains(parts.account()));
    if (!owned) {
      return Optional.empty();
    }
    ExecutionContext home = ExecutionContext.of(parts.account(), parts.region());
    return home.partition().equals(context.partition())
        ? Optional.of(new PrivateBucket(parts.name(), physicalName, home))
        : Optional.empty();
  }

  private static BucketNameException notLowerCase(
      String written, String name, String physicalName) {
    return BucketNameException.invalid(
        quote(written)
            + " is not a physical name: those are lower case. Write the private name "
            + quote(name)
            + " in any case, or the physical name "
            + quote(physicalName)
            + " as it is.");
  }

  private static BucketNameException undeclared(String written, S3Resource kind) {
    return BucketNameException.undeclared(
        quote(written)
            + " is "
            + kind.description()
            + ". It may stand in the place of a bucket only where it was declared with trust(...),"
            + " which says who owns the bucket behind it.");
  }

  private static ForeignBucketException foreign(
      String written, String whose, ExecutionContext home, String remedy) {
    return ForeignBucketException.bucket(
        quote(written)
            + " has the form of a physical name of "
            + whose
            + ", but names here resolve for account "
            + home.account()
            + " in "
            + home.region()
            + ". It is not ours to use under that name."
            + remedy);
  }

  /**
   * Names come from callers, and callers may pass on input: when full it starts again, which costs
   * a little time and never memory.
   */
  private static PrivateBucket keep(
      ConcurrentHashMap<String, PrivateBucket> known, String name, PrivateBucket bucket) {
    if (known.size() >= MOST_KEPT) {
      known.clear();
    }
    known.put(name, bucket);
    return bucket;
  }
}
