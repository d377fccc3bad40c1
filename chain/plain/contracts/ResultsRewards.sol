// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Governed} from "./Governed.sol";
import {ClippedMean} from "./ClippedMean.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";
import {IProject} from "./interfaces/IProject.sol";
import {ITaskContract} from "./interfaces/ITaskContract.sol";
import {
    ROLE_COORDINATOR,
    TASK_SOLUTION_REVEALED,
    TASK_GROUND_TRUTH_REVEALED,
    TASK_VERIFICATION_PENDING,
    TASK_VERIFIED_CORRECT,
    TASK_VERIFIED_INCORRECT,
    TASK_REWARDED
} from "./Enumerations.sol";

/// @title Reveals, votes, consensus and pay of the plain set.
/// @notice Known to be weak. Votes are open and can be copied; two of them settle a task at once; a tie counts as
/// "not correct" and slashes; scores have no bound; a slash that does not fit reverts the settlement; one coordinator
/// alone can settle a task.
contract ResultsRewards is Governed {
    struct CoordinatorVote {
        address coordinator;
        bool isCorrect;
        uint256 score;
        uint256 stake;
        uint256 voteBlock;
        bytes32 reportHash;
    }

    struct ConsensusResult {
        uint256 taskId;
        address solver;
        bool consensusCorrect;
        uint256 consensusScore;
        uint256 totalStake;
        uint256 correctStake;
        uint256 clippedVotes;
        bool finalized;
    }

    struct CoordinatorBond {
        uint256 emaBondStrength;
        uint256 totalVotes;
        uint256 correctVotes;
        uint256 lastUpdateBlock;
    }

    struct VerificationReport {
        address coordinator;
        bool isCorrect;
        uint256 score;
        bytes32 supportingDataHash;
        uint256 verificationBlock;
    }

    uint256 public constant VOTING_PERIOD_BLOCKS = 100;
    uint256 public constant MIN_COORDINATORS = 2;
    uint256 public constant CLIP_THRESHOLD_BPS = 2_000;
    /// @notice Weight of the past in a bond, 18 decimals.
    uint256 public constant EMA_DECAY = 0.9e18;
    /// @notice What a full bond multiplies the fee by, 18 decimals.
    uint256 public constant BOND_MULTIPLIER_MAX = 1.5e18;
    uint256 private constant ONE = 1e18;
    uint256 private constant COORDINATOR_FEE = 1 ether;
    uint256 private constant SLASH_DIVISOR = 10;

    ITaskContract public immutable taskContract;
    IParticipantStaking public immutable staking;
    IProject public projectContract;
    mapping(uint256 taskId => mapping(address proposer => string)) public revealedGroundTruths;
    mapping(uint256 taskId => mapping(address solver => string)) public revealedSolutions;
    mapping(uint256 taskId => mapping(address solver => uint256)) public votingStartBlock;
    mapping(uint256 taskId => mapping(address solver => CoordinatorVote[])) public votes;
    mapping(uint256 taskId => mapping(address solver => ConsensusResult)) public consensusResults;
    mapping(uint256 taskId => mapping(address solver => VerificationReport)) public verificationReports;
    mapping(address coordinator => CoordinatorBond) public coordinatorBonds;
    mapping(uint256 taskId => bool) public rewardsProcessed;

    event BondUpdated(address indexed coordinator, uint256 newBondStrength, bool alignedWithConsensus);
    event CoordinatorVoted(
        uint256 indexed taskId,
        address indexed solver,
        address indexed coordinator,
        bool isCorrect,
        uint256 score
    );
    event GroundTruthRevealed(uint256 indexed taskId, address indexed proposer, string cid);
    event RewardsDistributed(
        uint256 indexed taskId,
        address indexed recipient,
        uint256 amount,
        string rewardType
    );
    event SolutionRevealed(uint256 indexed taskId, address indexed solver, string cid);
    event VerificationSubmitted(
        uint256 indexed taskId,
        address indexed coordinator,
        bool correct,
        uint256 score
    );
    event VoteClipped(
        uint256 indexed taskId,
        address indexed coordinator,
        uint256 originalScore,
        uint256 clippedScore
    );
    event YumaConsensusReached(
        uint256 indexed taskId,
        address indexed solver,
        bool consensusCorrect,
        uint256 consensusScore
    );

    constructor(address taskContract_, address staking_, address governance_) Governed(governance_) {
        taskContract = ITaskContract(taskContract_);
        staking = IParticipantStaking(staking_);
    }

    function setProjectContract(address project) external onlyGovernance {
        projectContract = IProject(project);
    }

    /// @notice The proposer shows what it committed to; also before anybody has committed a solution.
    function revealGroundTruth(uint256 taskId, string calldata cid) external {
        ITaskContract.TaskProposal memory task = taskContract.getTaskProposal(taskId);
        require(msg.sender == task.proposer, "ResultsRewards: not the proposer");
        require(task.status < TASK_SOLUTION_REVEALED, "ResultsRewards: already revealed");
        require(keccak256(bytes(cid)) == task.groundTruthSolHash, "ResultsRewards: not what was committed");
        revealedGroundTruths[taskId][msg.sender] = cid;
        emit GroundTruthRevealed(taskId, msg.sender, cid);
        taskContract.updateTaskStatus(taskId, TASK_GROUND_TRUTH_REVEALED);
    }

    /// @notice The solver shows what it committed to, after the ground truth. Opens the vote.
    function revealSolution(uint256 taskId, string calldata cid) external {
        ITaskContract.Submission memory submission = taskContract.getSubmission(taskId, msg.sender);
        require(submission.solver == msg.sender, "ResultsRewards: no commitment");
        require(
            taskContract.getTaskProposal(taskId).status == TASK_GROUND_TRUTH_REVEALED,
            "ResultsRewards: no ground truth, or already revealed"
        );
        require(keccak256(bytes(cid)) == submission.solutionHash, "ResultsRewards: not what was committed");
        revealedSolutions[taskId][msg.sender] = cid;
        votingStartBlock[taskId][msg.sender] = block.number;
        emit SolutionRevealed(taskId, msg.sender, cid);
        taskContract.updateTaskStatus(taskId, TASK_SOLUTION_REVEALED);
    }

    /// @notice An active coordinator, once for each revealed solution, until 100 blocks after the reveal.
    function submitVote(
        uint256 taskId,
        address solver,
        bool isCorrect,
        uint256 score,
        string calldata reportCid
    ) external {
        _requireCoordinator();
        require(isVotingOpen(taskId, solver), "ResultsRewards: voting is not open");
        CoordinatorVote[] storage cast = votes[taskId][solver];
        for (uint256 i; i < cast.length; i++) {
            require(cast[i].coordinator != msg.sender, "ResultsRewards: already voted");
        }
        if (cast.length == 0) taskContract.updateTaskStatus(taskId, TASK_VERIFICATION_PENDING);
        uint256 stake = staking.getStake(msg.sender).amount;
        bytes32 report = keccak256(bytes(reportCid));
        cast.push(CoordinatorVote(msg.sender, isCorrect, score, stake, block.number, report));
        emit CoordinatorVoted(taskId, solver, msg.sender, isCorrect, score);
    }

    /// @notice Anyone, as soon as there are two votes.
    function finalizeVoting(uint256 taskId, address solver) external {
        CoordinatorVote[] storage cast = votes[taskId][solver];
        require(cast.length >= MIN_COORDINATORS, "ResultsRewards: too few votes");
        require(!rewardsProcessed[taskId], "ResultsRewards: already settled");
        rewardsProcessed[taskId] = true;
        ConsensusResult memory result = _decide(taskId, solver, cast);
        consensusResults[taskId][solver] = result;
        emit YumaConsensusReached(taskId, solver, result.consensusCorrect, result.consensusScore);
        uint256 projectId = taskContract.getTaskProposal(taskId).projectId;
        for (uint256 i; i < cast.length; i++) {
            _settleVote(taskId, projectId, cast[i], result.consensusCorrect);
        }
        _settleTask(taskId, solver, result.consensusCorrect, result.consensusScore);
    }

    /// @notice The older path: one active coordinator settles a revealed task.
    function submitVerification(
        uint256 taskId,
        address solver,
        bool isCorrect,
        uint256 score,
        string calldata reportCid
    ) external {
        _requireCoordinator();
        require(votingStartBlock[taskId][solver] != 0, "ResultsRewards: solution not revealed");
        require(!rewardsProcessed[taskId], "ResultsRewards: already settled");
        rewardsProcessed[taskId] = true;
        bytes32 report = keccak256(bytes(reportCid));
        verificationReports[taskId][solver] = VerificationReport(
            msg.sender,
            isCorrect,
            score,
            report,
            block.number
        );
        emit VerificationSubmitted(taskId, msg.sender, isCorrect, score);
        uint256 projectId = taskContract.getTaskProposal(taskId).projectId;
        _pay(taskId, projectId, msg.sender, COORDINATOR_FEE, "coordinator");
        _settleTask(taskId, solver, isCorrect, score);
    }

    function isVotingOpen(uint256 taskId, address solver) public view returns (bool) {
        uint256 start = votingStartBlock[taskId][solver];
        return start != 0 && block.number <= start + VOTING_PERIOD_BLOCKS && !rewardsProcessed[taskId];
    }

    function getVotes(uint256 taskId, address solver) external view returns (CoordinatorVote[] memory) {
        return votes[taskId][solver];
    }

    function getVoteCount(uint256 taskId, address solver) external view returns (uint256) {
        return votes[taskId][solver].length;
    }

    function getConsensusResult(
        uint256 taskId,
        address solver
    ) external view returns (ConsensusResult memory) {
        return consensusResults[taskId][solver];
    }

    function getCoordinatorBond(address coordinator) external view returns (CoordinatorBond memory) {
        return coordinatorBonds[coordinator];
    }

    /// @dev More than half of the voting stake; the score is the mean by stake after clipping around the mean.
    function _decide(
        uint256 taskId,
        address solver,
        CoordinatorVote[] storage cast
    ) private returns (ConsensusResult memory result) {
        uint256[] memory scores = new uint256[](cast.length);
        uint256[] memory stakes = new uint256[](cast.length);
        result.taskId = taskId;
        result.solver = solver;
        result.finalized = true;
        for (uint256 i; i < cast.length; i++) {
            (scores[i], stakes[i]) = (cast[i].score, cast[i].stake);
            result.totalStake += stakes[i];
            if (cast[i].isCorrect) result.correctStake += stakes[i];
        }
        result.consensusCorrect = 2 * result.correctStake > result.totalStake;
        (uint256 score, uint256[] memory clipped) = ClippedMean.weigh(scores, stakes, CLIP_THRESHOLD_BPS);
        result.consensusScore = score;
        for (uint256 i; i < cast.length; i++) {
            if (clipped[i] == scores[i]) continue;
            result.clippedVotes++;
            emit VoteClipped(taskId, cast[i].coordinator, scores[i], clipped[i]);
        }
    }

    /// @dev The bond moves before the fee is paid, so the first vote with the consensus earns 1.05.
    function _settleVote(
        uint256 taskId,
        uint256 projectId,
        CoordinatorVote storage vote,
        bool correct
    ) private {
        bool aligned = vote.isCorrect == correct;
        CoordinatorBond storage bond = coordinatorBonds[vote.coordinator];
        bond.emaBondStrength = (bond.emaBondStrength * EMA_DECAY) / ONE + (aligned ? ONE - EMA_DECAY : 0);
        bond.totalVotes++;
        if (aligned) bond.correctVotes++;
        bond.lastUpdateBlock = block.number;
        emit BondUpdated(vote.coordinator, bond.emaBondStrength, aligned);
        if (!aligned) {
            staking.slash(vote.coordinator, vote.stake / SLASH_DIVISOR, "vote against consensus");
            return;
        }
        uint256 multiplier = ONE + ((BOND_MULTIPLIER_MAX - ONE) * bond.emaBondStrength) / ONE;
        _pay(taskId, projectId, vote.coordinator, (COORDINATOR_FEE * multiplier) / ONE, "coordinator");
    }

    function _settleTask(uint256 taskId, address solver, bool correct, uint256 score) private {
        taskContract.updateTaskStatus(taskId, correct ? TASK_VERIFIED_CORRECT : TASK_VERIFIED_INCORRECT);
        if (!correct) return;
        ITaskContract.TaskProposal memory task = taskContract.getTaskProposal(taskId);
        _pay(taskId, task.projectId, solver, (task.proposedSolverReward * score) / 100, "solver");
        _pay(taskId, task.projectId, task.proposer, task.proposedLearnabilityReward, "proposer");
        taskContract.updateTaskStatus(taskId, TASK_REWARDED);
    }

    /// @dev What the project cannot pay is skipped.
    function _pay(
        uint256 taskId,
        uint256 projectId,
        address recipient,
        uint256 amount,
        string memory rewardType
    ) private {
        if (amount == 0 || !projectContract.disburseFromBudget(projectId, recipient, amount)) return;
        emit RewardsDistributed(taskId, recipient, amount, rewardType);
    }

    function _requireCoordinator() private view {
        require(
            staking.isActiveParticipant(msg.sender, ROLE_COORDINATOR),
            "ResultsRewards: not a coordinator"
        );
    }
}
