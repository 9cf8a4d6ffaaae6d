package io.github.ownproof.s3.lifecycle;

import static io.github.ownproof.core.OwnproofException.quote;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.s3.internal.policy.Guardrails;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Policies for those who look after many accounts: the rules that the private clients keep by
 * themselves, as documents that AWS keeps for every caller, whatever it is written in.
 *
 * <pre>{@code
 * GuardrailPolicies guardrails =
 *     GuardrailPolicies.create()
 *         .trustAccount(AccountId.of("444455556666"))
 *         .exceptRole("arn:aws:iam::*:role/platform/provisioning");
 * String scp = guardrails.serviceControlPolicy();
 * String rcp = guardrails.resourceControlPolicy("o-a1b2c3d4e5");
 * }</pre>
 *
 * <p>All of them only deny: they grant nothing, and are attached beside policies that do. Without
 * any option they are at their strictest; each option is one exception. The documents are indented
 * JSON, the same for the same options, and within the sizes that AWS takes. Try them in one account
 * first: AWS has services that read buckets of their own with your roles, see {@link
 * #exceptBucket}.
 *
 * <p>Immutable and thread-safe; each method returns a copy.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html">Namespaces
 *     for general purpose buckets</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html">CreateBucket,
 *     "Permissions"</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html">Resource
 *     control policy examples</a>
 */
public final class GuardrailPolicies {

  private static final List<String> PARTITIONS = List.of("aws", "aws-cn", "aws-us-gov", "aws-eusc");

  private static final Pattern ORGANIZATION = Pattern.compile("o-[a-z0-9]{10,32}");

  private static final Pattern ROLE =
      Pattern.compile("arn:(aws[a-z-]*):iam::(\\*|[0-9]{12}):role/([\\w+=,.@/-]+\\*?)");

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  /** What AWS Organizations takes, of either kind. */
  private static final int MAX_ORGANIZATION_POLICY = 5_120;

  /** What IAM takes; it does not count white space, but this does. */
  private static final int MAX_MANAGED_POLICY = 6_144;

  private final String partition;
  private final Set<AccountId> trusted;
  private final Set<String> roles;
  private final Set<String> buckets;
  private final boolean promotions;

  private GuardrailPolicies(
      String partition,
      Set<AccountId> trusted,
      Set<String> roles,
      Set<String> buckets,
      boolean promotions) {
    this.partition = partition;
    this.trusted = trusted;
    this.roles = roles;
    this.buckets = buckets;
    this.promotions = promotions;
  }

  /** The strictest policies, for the partition {@code aws}. */
  public static GuardrailPolicies create() {
    return new GuardrailPolicies("aws", Set.of(), Set.of(), Set.of(), false);
  }

  /**
   * The same for another partition.
   *
   * @param name {@code aws}, {@code aws-cn}, {@code aws-us-gov} or {@code aws-eusc}
   * @throws IllegalArgumentException if it is none of them, or not that of a role given before
   */
  public GuardrailPolicies partition(String name) {
    if (!PARTITIONS.contains(name)) {
      throw new IllegalArgumentException(
          quote(name) + " is no partition with S3 namespaces; it is one of " + PARTITIONS + ".");
    }
    roles.forEach(role -> checkPartition(role, name));
    return new GuardrailPolicies(name, trusted, roles, buckets, promotions);
  }

  /** Lets in and out an account outside the organization, or outside {@link #identityPolicy}'s. */
  public GuardrailPolicies trustAccount(AccountId account) {
    return new GuardrailPolicies(
        partition,
        with(trusted, Objects.requireNonNull(account, "account")),
        roles,
        buckets,
        promotions);
  }

  /**
   * Lets a role make buckets of any name, and set what keeps buckets private: for the pipeline that
   * provisions them.
   *
   * @param arn its ARN, e.g. {@code arn:aws:iam::111122223333:role/provisioning}; the account may
   *     be {@code *}, and the name may end with one after other characters
   * @throws IllegalArgumentException if it is not that, or matches every role
   */
  public GuardrailPolicies exceptRole(String arn) {
    if (!ROLE.matcher(arn).matches()) {
      throw new IllegalArgumentException(
          quote(arn)
              + " is not the ARN of a role, such as arn:aws:iam::*:role/platform/provisioning."
              + " A pattern that matches every role would be no guardrail.");
    }
    checkPartition(arn, partition);
    return new GuardrailPolicies(partition, trusted, with(roles, arn), buckets, promotions);
  }

  /**
   * Lets callers use one bucket of another owner, such as those of AWS from which instances get
   * packages and container registries get layers.
   *
   * @param physicalName its name, without wildcards: with one, the name of anybody's bucket
   * @throws IllegalArgumentException if it cannot be the name of a bucket
   */
  public GuardrailPolicies exceptBucket(String physicalName) {
    if (!BUCKET.matcher(physicalName).matches()) {
      throw new IllegalArgumentException(
          quote(physicalName) + " is not the name of a bucket. Give each bucket in full.");
    }
    return new GuardrailPolicies(
        partition, trusted, roles, with(buckets, physicalName), promotions);
  }

  /**
   * Leaves buckets whose names begin with {@code public-} to {@link Promotion#publicBucket}: they
   * may be made in the global namespace, opened, and read from anywhere.
   */
  public GuardrailPolicies allowPromotedBuckets() {
    return new GuardrailPolicies(partition, trusted, roles, buckets, true);
  }

  /**
   * A service control policy (SCP): what callers in the organization's accounts may not do.
   *
   * <ul>
   *   <li>make a bucket outside their account's namespace; a request that names no namespace means
   *       the global one, and is denied, too
   *   <li>make a bucket with ACLs in force, or give one of S3's open ACLs
   *   <li>change Block Public Access, object ownership, ACLs or website settings
   *   <li>use a bucket outside the organization, unless its account is trusted
   * </ul>
   *
   * <p>Who makes buckets with the private clients needs {@link #exceptRole}: these say the object
   * ownership of each new bucket, and saying it takes {@code s3:PutBucketOwnershipControls}, which
   * this policy denies. So do repairs by {@code createPrivateBucket}, and promotions to public
   * buckets, for which {@link #allowPromotedBuckets} will do as well.
   *
   * <p>The regions {@code me-south-1} and {@code me-central-1} have no account namespaces: with
   * this policy, no buckets can be made there.
   *
   * @throws IllegalArgumentException if there are too many exceptions for one policy
   */
  public String serviceControlPolicy() {
    Guardrails policy = guardrails();
    policy.denyGlobalNames();
    policy.denyAcls();
    policy.denyWeakening();
    policy.denyOutsideOrganization();
    return checked(policy.toJson(), MAX_ORGANIZATION_POLICY);
  }

  /**
   * A resource control policy (RCP): who may not use buckets in the organization's accounts.
   *
   * <ul>
   *   <li>callers outside the organization, those without credentials included, unless their
   *       account is trusted
   *   <li>AWS services that act for an account outside the organization, unless it is trusted
   *   <li>anybody without TLS
   * </ul>
   *
   * @param organizationId e.g. {@code o-a1b2c3d4e5}
   * @throws IllegalArgumentException if it is not the id of an organization, or there are too many
   *     exceptions for one policy
   */
  public String resourceControlPolicy(String organizationId) {
    if (!ORGANIZATION.matcher(organizationId).matches()) {
      throw new IllegalArgumentException(
          quote(organizationId) + " is not the id of an organization, such as o-a1b2c3d4e5.");
    }
    Guardrails policy = guardrails();
    policy.denyStrangers(organizationId);
    policy.denyServicesOfStrangers(organizationId);
    policy.denyPlainHttp();
    return checked(policy.toJson(), MAX_ORGANIZATION_POLICY);
  }

  /**
   * A managed policy for single identities, where there is no organization: denies them the same as
   * {@link #serviceControlPolicy}, but goes by the accounts that own buckets.
   *
   * @param ours the accounts whose buckets they may use; one at least
   * @throws IllegalArgumentException if there is none, or too many for one policy
   */
  public String identityPolicy(AccountId... ours) {
    if (ours.length == 0) {
      throw new IllegalArgumentException("identityPolicy needs an account whose buckets are ours.");
    }
    Set<AccountId> accounts = trusted;
    for (AccountId account : ours) {
      accounts = with(accounts, Objects.requireNonNull(account, "account"));
    }
    Guardrails policy = guardrails();
    policy.denyGlobalNames();
    policy.denyAcls();
    policy.denyWeakening();
    policy.denyOutsideAccounts(accounts);
    return checked(policy.toJson(), MAX_MANAGED_POLICY);
  }

  private Guardrails guardrails() {
    return new Guardrails(partition, trusted, roles, buckets, promotions);
  }

  private static void checkPartition(String arn, String partition) {
    if (!arn.startsWith("arn:" + partition + ':')) {
      throw new IllegalArgumentException(
          quote(arn) + " is not of the partition " + partition + "; set partition(...) first.");
    }
  }

  private static <T> Set<T> with(Set<T> all, T one) {
    Set<T> more = new HashSet<>(all);
    more.add(one);
    return Set.copyOf(more);
  }

  private static String checked(String json, int max) {
    if (json.length() > max) {
      throw new IllegalArgumentException(
          "The policy has "
              + json.length()
              + " characters, and AWS takes "
              + max
              + ". Give fewer accounts, roles or buckets, or one policy for each group of them.");
    }
    return json;
  }
}
